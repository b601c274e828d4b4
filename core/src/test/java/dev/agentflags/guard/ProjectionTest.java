package dev.agentflags.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ProjectionTest {

    /** An alternative outside of what a margin allows (or, to advance, inside), a share, and the margin. */
    private record Given(double t, double c, double s, Margin margin) {

        double x() {
            return Projection.nearest(t, c, s, margin);
        }

        double distance(double x) {
            return s * kl(t, margin.limit(x)) + (1 - s) * kl(c, x);
        }

        private static double kl(double p, double q) {
            return p * Math.log(p / q) + (1 - p) * Math.log((1 - p) / (1 - q));
        }

        /** The expected factor of an outcome if these are the rates. */
        double expected(double treatment, double control) {
            double x = x();
            double y = margin.limit(x);
            return s * (treatment * t / y + (1 - treatment) * (1 - t) / (1 - y))
                    + (1 - s) * (control * c / x + (1 - control) * (1 - c) / (1 - x));
        }
    }

    private static List<Given> many(int count) {
        var random = new Random(17);
        List<Given> many = new ArrayList<>();
        while (many.size() < count) {
            Margin margin = new Margin(1 + random.nextInt(3) * 0.25, random.nextInt(5) * 0.02);
            double c = Math.pow(10, -4 * random.nextDouble()) * 0.9;
            double t = Math.pow(10, -4 * random.nextDouble());
            if (margin.limit(c) < 0.999 && t < 0.9999 && t != margin.limit(c)) {
                many.add(new Given(t, c, 0.001 + 0.998 * random.nextDouble(), margin));
            }
        }
        return many;
    }

    @Test
    void is_the_nearest_pair_on_the_border() {
        for (Given given : many(5_000)) {
            double x = given.x();
            double least = given.distance(x);
            assertThat(given.margin().limit(x)).as("%s", given).isGreaterThan(0).isLessThan(1);
            for (double step : new double[] {0.999, 0.9999, 1.0001, 1.001}) {
                double other = x * step;
                if (given.margin().limit(other) < 1 && other < 1) {
                    assertThat(given.distance(other)).as("%s", given).isGreaterThanOrEqualTo(least - 1e-13);
                }
            }
        }
    }

    @Test
    void expects_no_growth_from_any_pair_of_the_null_hypothesis() {
        var random = new Random(18);
        for (Given given : many(5_000)) {
            boolean toKill = given.t() > given.margin().limit(given.c());
            for (int i = 0; i < 20; i++) {
                double control = random.nextDouble();
                double limit = given.margin().limit(control);
                double treatment =
                        toKill ? random.nextDouble() * Math.min(1, limit) : limit + random.nextDouble() * (1 - limit);
                if (treatment <= 1) {
                    assertThat(given.expected(treatment, control))
                            .as("%s", given)
                            .isLessThanOrEqualTo(1 + 1e-9);
                }
            }
        }
    }

    @Test
    void without_a_margin_is_the_mean_rate() {
        assertThat(Projection.nearest(0.3, 0.05, 0.2, Margin.NONE)).isEqualTo(0.2 * 0.3 + 0.8 * 0.05, within(1e-12));
    }
}
