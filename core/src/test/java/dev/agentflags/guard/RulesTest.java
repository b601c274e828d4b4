package dev.agentflags.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The small rules around the evidence. */
class RulesTest {

    private static final long SECOND = 1_000_000_000L;

    @ParameterizedTest(name = "{0} new after {1} seen, {2} ms open: {3}")
    @CsvSource({
        "7, 0, 5000, false",
        "8, 0, 0, true",
        "8, 160, 0, true",
        "8, 161, 0, false",
        "8, 161, 999, false",
        "8, 161, 1000, true",
        "99, 1000000, 0, false",
        "100, 1000000, 0, true"
    })
    void close_a_block(long fresh, long seen, long millisOpen, boolean due) {
        assertThat(TickRule.isDue(fresh, seen, millisOpen * SECOND / 1_000)).isEqualTo(due);
    }

    @ParameterizedTest(name = "before {0}: {1}")
    @CsvSource({"0.05, 0.10", "0.25, 0.04", "0.5, 0.02", "1, 0.01"})
    void spend_the_harm_budget(double nextShare, double points) {
        assertThat(HarmBudget.DEFAULT.marginBefore(nextShare).points()).isEqualTo(points, within(1e-12));
        assertThat(new HarmBudget(0.001).marginBefore(1).points()).isEqualTo(0.005);
    }

    @Nested
    class Users {

        @Test
        void are_closed_when_full_or_silent() {
            UserOutcome user = UserOutcome.NONE;
            assertThat(user.isClosed(Duration.ofDays(1))).isFalse();
            for (int i = 0; i < 9; i++) {
                user = user.with(i == 0);
            }
            assertThat(user.isClosed(Duration.ofMinutes(14))).isFalse();
            assertThat(user.isClosed(Duration.ofMinutes(15))).isTrue();
            assertThat(user.with(false)).isEqualTo(new UserOutcome(10, 1));
            assertThat(user.with(false).isClosed(Duration.ZERO)).isTrue();
        }

        @Test
        void have_a_category_for_every_kind() {
            Set<Integer> categories = new HashSet<>();
            for (int seen = 1; seen <= UserOutcome.MAX_SEEN; seen++) {
                for (int bad = 0; bad <= seen; bad++) {
                    var user = new UserOutcome(seen, bad);
                    categories.add(user.category());
                    assertThat(UserOutcome.all()[user.category()]).isEqualTo(user);
                }
            }
            assertThat(categories).hasSize(65).allMatch(k -> k >= 0 && k < UserOutcome.CATEGORIES);
        }

        @Test
        void cannot_have_what_is_not_possible() {
            assertThatIllegalArgumentException().isThrownBy(() -> new UserOutcome(1, 2));
            assertThatIllegalArgumentException().isThrownBy(() -> new UserOutcome(11, 2));
            assertThatIllegalStateException().isThrownBy(UserOutcome.NONE::category);
        }
    }

    @Nested
    class Amounts {

        @Test
        void fall_into_fourteen_bins_by_what_the_control_had() {
            Bins bins = Bins.fromControl(
                    DoubleStream.iterate(1, x -> x + 1).limit(1_000).toArray());

            assertThat(bins.edges())
                    .containsExactly(
                            50.0, 150.0, 300.0, 450.0, 600.0, 700.0, 800.0, 900.0, 950.0, 990.0, 1485.0, 2970.0,
                            7920.0);
            assertThat(bins.categories()).isEqualTo(14);
            assertThat(bins.category(0)).isZero();
            assertThat(bins.category(50)).isZero();
            assertThat(bins.category(50.1)).isEqualTo(1);
            assertThat(bins.category(990)).isEqualTo(9);
            assertThat(bins.category(8_000)).isEqualTo(13);
            assertThat(bins.category(8_000, 0.05)).isEqualTo(12);
            assertThat(bins.category(Double.NaN)).isEqualTo(13);
            assertThat(bins.category(Double.POSITIVE_INFINITY)).isEqualTo(13);
            assertThat(bins.shares().stream().mapToDouble(share -> share).sum()).isEqualTo(1, within(1e-12));
            assertThat(bins.shares().get(9)).isEqualTo(0.04, within(1e-12));
            assertThat(Bins.of(bins.edges(), bins.quantiles())).isEqualTo(bins);
        }

        @Test
        void that_are_mostly_equal_have_fewer_bins() {
            double[] costs = new double[1_000];
            for (int i = 700; i < 1_000; i++) {
                costs[i] = i - 699;
            }
            Bins bins = Bins.fromControl(costs);

            assertThat(bins.edges()).startsWith(0.0, 100.0).isSorted();
            assertThat(bins.shares().get(0)).isEqualTo(0.70, within(1e-12));
            assertThat(Bins.fromControl(new double[1_000]).categories()).isEqualTo(2);
        }

        @Test
        void must_be_known_before_they_can_be_put_in_bins() {
            assertThatIllegalArgumentException().isThrownBy(() -> Bins.fromControl(new double[999]));
            double[] endless = new double[1_000];
            endless[5] = Double.NaN;
            assertThatIllegalArgumentException().isThrownBy(() -> Bins.fromControl(endless));
            assertThatIllegalArgumentException().isThrownBy(() -> Bins.of(List.of(2.0, 1.0), List.of(0.1, 0.2)));
        }

        @Test
        void that_are_rated_are_their_own_categories() {
            assertThat(new OrderedBets(StartShares.even(5)).prior()).hasSize(9 + 4 * 5);
        }
    }

    @Nested
    class Verdicts {

        private static final Bets BETS = new BinaryBets(StartRate.UNKNOWN, Margin.NONE);
        private static final Evidence NOTHING = Evidence.start(BETS);

        private static Evidence harmful() {
            Evidence evidence = NOTHING;
            for (int i = 1; i <= 6; i++) {
                evidence = evidence.after(1, Counts.binary(i, i, 19L * i, 0));
            }
            return evidence;
        }

        private static Evidence safe(int treated) {
            return Evidence.start(new BinaryMarginBets(StartRate.UNKNOWN, Margin.ofPoints(0.3)))
                    .after(1, Counts.binary(treated, 0, 1_000, 0));
        }

        @Test
        void weigh_the_metrics() {
            double alone = harmful().process().eValue();
            var worse = (Verdict.Worse) Verdict.on(
                    List.of(
                            new Verdict.Metric("error", 1, harmful(), null),
                            new Verdict.Metric("thumbs-down", 3, NOTHING, null)),
                    Levels.DEFAULT);

            assertThat(worse.metric()).isEqualTo("error");
            assertThat(worse.eValue()).isEqualTo(alone / 4 + 0.75, within(1e-6));
            assertThat(worse.limit()).isEqualTo(100, within(1e-9));
        }

        @Test
        void are_undecided_without_evidence() {
            assertThat(Verdict.on(List.of(new Verdict.Metric("error", 1, NOTHING, null)), Levels.DEFAULT))
                    .isEqualTo(new Verdict.Undecided());
            assertThat(Verdict.on(List.of(), Levels.DEFAULT)).isEqualTo(new Verdict.Undecided());
        }

        @Test
        void are_safe_only_if_every_metric_is() {
            var error = new Verdict.Metric("error", 1, NOTHING, safe(100));
            var thumbs = new Verdict.Metric("thumbs-down", 1, NOTHING, safe(100));

            assertThat(Verdict.on(List.of(error, thumbs), Levels.DEFAULT)).isEqualTo(new Verdict.Safe());
            assertThat(Verdict.on(List.of(error, new Verdict.Metric("x", 1, NOTHING, NOTHING)), Levels.DEFAULT))
                    .isEqualTo(new Verdict.Undecided());
        }

        @Test
        void are_not_safe_by_fewer_than_thirty_or_if_there_is_harm() {
            assertThat(safe(29).process().eValue()).isGreaterThan(20);
            assertThat(Verdict.on(List.of(new Verdict.Metric("e", 1, NOTHING, safe(29))), Levels.DEFAULT))
                    .isEqualTo(new Verdict.Undecided());
            assertThat(Verdict.on(List.of(new Verdict.Metric("e", 1, harmful(), safe(100))), Levels.DEFAULT))
                    .isInstanceOf(Verdict.Worse.class);
        }
    }

    @Nested
    class SampleRatios {

        @Test
        void are_the_product_of_what_each_unit_says() {
            var random = new Random(2);
            double log = 0;
            double a = 5;
            double b = 95;
            int treated = 0;
            int controls = 0;
            for (int i = 0; i < 20_000; i++) {
                if (random.nextInt(12) == 0) {
                    log += Math.log(a++ / (a - 1 + b) / 0.05);
                    treated++;
                } else {
                    log += Math.log(b++ / (a + b - 1) / 0.95);
                    controls++;
                }
            }
            assertThat(SampleRatio.logEValue(treated, controls, 0.05)).isEqualTo(log, within(1e-6));
            assertThat(Math.exp(log)).isGreaterThan(SampleRatio.LIMIT);
        }

        @Test
        void say_nothing_when_they_are_right() {
            assertThat(SampleRatio.logEValue(0, 0, 0.01)).isEqualTo(0, within(1e-9));
            assertThat(SampleRatio.logEValue(10_000, 990_000, 0.01)).isLessThan(0);
            assertThat(SampleRatio.logEValue(9_000, 991_000, 0.01)).isGreaterThan(Math.log(SampleRatio.LIMIT));
        }
    }

    @Nested
    class Intervals {

        @Test
        void have_the_rate_in_them_at_all_times() {
            int missed = 0;
            for (int run = 0; run < 200; run++) {
                var random = new Random(run);
                int bad = 0;
                boolean misses = false;
                for (int n = 1; n <= 2_000; n++) {
                    bad += random.nextInt(20) == 0 ? 1 : 0;
                    if (n % 25 == 0) {
                        RateInterval interval = RateInterval.of(n, bad, 0.05);
                        misses |= interval.low() > 0.05 || interval.high() < 0.05;
                    }
                }
                missed += misses ? 1 : 0;
            }
            assertThat(missed).isBetween(1, 200 / 20);
        }

        @Test
        void narrow_with_the_number_of_outcomes() {
            assertThat(RateInterval.of(0, 0, 0.05)).isEqualTo(new RateInterval(0, 1));
            RateInterval some = RateInterval.of(61, 14, 0.05);
            RateInterval many = RateInterval.of(61_000, 14_000, 0.05);
            assertThat(some.low()).isBetween(0.05, 0.15);
            assertThat(some.high()).isBetween(0.35, 0.50);
            assertThat(many.low()).isBetween(0.22, 14.0 / 61);
            assertThat(many.high()).isBetween(14.0 / 61, 0.24);
        }

        @Test
        void reach_to_the_end_when_all_are_alike() {
            assertThat(RateInterval.of(1_000, 0, 0.05).low()).isZero();
            assertThat(RateInterval.of(1_000, 0, 0.05).high()).isBetween(0.003, 0.02);
            assertThat(RateInterval.of(1_000, 1_000, 0.05).high()).isEqualTo(1);
        }
    }

    @Test
    void refuse_numbers_without_meaning() {
        assertThatIllegalArgumentException().isThrownBy(() -> RateInterval.of(1, 2, 0.05));
        assertThatIllegalArgumentException().isThrownBy(() -> new Margin(0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> Margin.ofPoints(1));
        assertThatIllegalArgumentException().isThrownBy(() -> new StartRate(0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new StartShares(List.of(1.0), 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new StartShares(Collections.nCopies(2, -1.0), 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Levels(0, 0.05, 30));
        assertThatIllegalArgumentException().isThrownBy(() -> new HarmBudget(0));
        assertThatIllegalArgumentException().isThrownBy(() -> new BinaryMarginBets(StartRate.UNKNOWN, Margin.NONE));
        assertThatIllegalArgumentException().isThrownBy(() -> new UserMarginBets(StartRate.UNKNOWN, 0));
    }
}
