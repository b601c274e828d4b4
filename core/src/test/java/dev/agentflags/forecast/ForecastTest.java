package dev.agentflags.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.agentflags.forecast.Course.End;
import dev.agentflags.forecast.Scenario.Stage;
import dev.agentflags.guard.HarmBudget;
import dev.agentflags.guard.Levels;
import dev.agentflags.guard.Margin;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForecastTest {

    private static final int RUNS = 400;
    private static final double NEAR = 0.10;

    private static Scenario scenario(double rate, long minOutcomes, double... shares) {
        List<Stage> stages = new ArrayList<>();
        for (int i = 0; i < shares.length; i++) {
            double next = i + 1 < shares.length ? shares[i + 1] : 1;
            stages.add(new Stage(shares[i], minOutcomes, 0, HarmBudget.DEFAULT.marginBefore(next)));
        }
        return new Scenario(rate, Levels.DEFAULT, Margin.NONE, stages, 10_000_000);
    }

    /** The medians of the full simulation in {@code benchmarks}, which draws every outcome alone. */
    @ParameterizedTest(name = "{0} to {1} at {2}: {3} treated")
    @CsvSource({
        "0.05, 0.07, 0.05, 1477",
        "0.05, 0.10, 0.05, 286",
        "0.05, 0.15, 0.05, 94",
        "0.05, 0.10, 0.50, 648",
        "0.05, 0.55, 0.05, 9",
        "0.05, 0.10, 0.01, 263",
        "0.02, 0.04, 0.05, 720",
        "0.01, 0.02, 0.25, 1952",
        "0.10, 0.12, 0.50, 5513",
        "0.02, 1, 0.05, 3"
    })
    void finds_regressions_as_soon_as_the_full_simulation(double rate, double treatment, double share, double median) {
        Scenario scenario = scenario(rate, 0, share);
        Spread treated = new Forecast(scenario, RUNS)
                .treatedUntilStopped(scenario.stages().get(0), treatment);

        assertThat(treated.median()).isEqualTo(median, within(NEAR * median + 0.5));
        assertThat(treated.quantile(0.95)).isBetween(median, 3 * median);
        assertThat(treated.partUpTo(treated.median())).isBetween(0.5, 0.75);
    }

    @Test
    void does_not_find_what_is_not_there() {
        Scenario scenario = scenario(0.05, 0, 0.05);
        Spread treated = new Forecast(scenario, RUNS)
                .treatedUntilStopped(scenario.stages().get(0), 0.05);

        assertThat(treated.median()).isInfinite();
        assertThat(treated.partUpTo(1e9)).isLessThan(0.025);
    }

    @ParameterizedTest(name = "{0} before {1} at {2}: {3} treated")
    @CsvSource({"0.05, 0.01, 0.50, 5639", "0.05, 0.04, 0.05, 250", "0.02, 0.01, 0.50, 2464"})
    void finds_a_harmless_stage_safe_as_soon_as_the_full_simulation(
            double rate, double points, double share, double median) {
        var scenario = new Scenario(
                rate,
                Levels.DEFAULT,
                Margin.NONE,
                List.of(new Stage(share, 0, 0, Margin.ofPoints(points))),
                10_000_000);
        double[] safe = new Forecast(scenario, RUNS)
                .courses(rate).stream()
                        .filter(course -> course.end() == End.DONE)
                        .mapToDouble(course -> course.stages().get(0).treatedUntilSafe())
                        .toArray();

        assertThat(Spread.of(safe).median()).isEqualTo(median, within(NEAR * median));
    }

    @Test
    void ships_what_is_harmless_and_stops_what_is_not() {
        var forecast = new Forecast(scenario(0.05, 0, 0.01, 0.05, 0.25, 0.5), RUNS);

        List<Course> harmless = forecast.courses(0.05);
        assertThat(share(harmless, End.DONE)).isGreaterThan(0.97);
        assertThat(Spread.of(harmless.stream().mapToDouble(Course::outcomes).toArray())
                        .median())
                .isEqualTo(28_000, within(2_800.0));
        List<Course> harmful = forecast.courses(0.10);
        assertThat(share(harmful, End.STOPPED)).isGreaterThan(0.99);
        assertThat(harmful.stream().mapToLong(Course::treated).average().orElse(0) * 0.05)
                .isBetween(7.0, 17.0);
    }

    private static double share(List<Course> courses, End end) {
        return courses.stream().filter(course -> course.end() == end).count() / (double) courses.size();
    }

    @Test
    void leaves_no_stage_before_its_time() {
        Course course = new Forecast(scenario(0.05, 30_000, 0.05, 0.25), 1)
                .courses(0.05)
                .get(0);

        assertThat(course.end()).isEqualTo(End.DONE);
        assertThat(course.stages()).hasSize(2).allMatch(visit -> visit.outcomes() >= 30_000);
        assertThat(course.outcomes()).isEqualTo(sum(course, 0));
        assertThat(course.treated()).isEqualTo(sum(course, 1));
    }

    private static long sum(Course course, int of) {
        return course.stages().stream()
                .mapToLong(visit -> of == 0 ? visit.outcomes() : visit.treated())
                .sum();
    }

    @Test
    void is_undecided_at_its_horizon() {
        var scenario = new Scenario(
                0.05,
                Levels.DEFAULT,
                Margin.NONE,
                List.of(new Stage(0.01, 0, 1_000_000, Margin.ofPoints(0.1))),
                20_000);

        assertThat(new Forecast(scenario, 20).courses(0.05)).allMatch(course -> course.end() != End.DONE);
        assertThat(new Forecast(scenario, 20)
                        .treatedUntilStopped(scenario.stages().get(0), 0.06)
                        .median())
                .isInfinite();
    }

    @Test
    void is_the_same_every_time() {
        var scenario = scenario(0.02, 0, 0.05, 0.5);

        assertThat(new Forecast(scenario, 50).courses(0.03)).isEqualTo(new Forecast(scenario, 50).courses(0.03));
    }

    @Test
    void refuses_a_scenario_without_meaning() {
        assertThatIllegalArgumentException().isThrownBy(() -> scenario(0, 0, 0.05));
        assertThatIllegalArgumentException().isThrownBy(() -> scenario(0.05, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> scenario(0.05, 0, 1));
        assertThat(scenario(0.2, 0, 0.05).times(10)).isEqualTo(1);
    }

    @ParameterizedTest(name = "{0} of {1}")
    @CsvSource({"0.001, 50", "0.05, 700", "0.3, 100", "0.3, 5000", "0.97, 200", "0.5, 1000000", "0, 10", "1, 10"})
    void draws_what_is_binomial(double p, long n) {
        var random = new SplittableRandom(4);
        double[] drawn = IntStream.range(0, 20_000)
                .mapToDouble(i -> Binomial.draw(n, p, random))
                .toArray();
        double mean = Arrays.stream(drawn).average().orElse(0);
        double variance =
                Arrays.stream(drawn).map(k -> (k - mean) * (k - mean)).average().orElse(0);
        double expected = n * p * (1 - p);

        assertThat(Arrays.stream(drawn).filter(k -> k < 0 || k > n)).isEmpty();
        assertThat(mean).isEqualTo(n * p, within(4 * Math.sqrt(expected / drawn.length) + 1e-9));
        assertThat(variance).isEqualTo(expected, within(0.07 * expected + 1e-9));
    }
}
