package dev.agentflags.guard;

import static dev.agentflags.guard.Simulated.alike;
import static dev.agentflags.guard.Simulated.constant;
import static dev.agentflags.guard.Simulated.latencies;
import static dev.agentflags.guard.Simulated.latencyBins;
import static dev.agentflags.guard.Simulated.runs;
import static dev.agentflags.guard.Simulated.share;
import static dev.agentflags.guard.Simulated.treated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the evidence promises, on small seeded simulations: the same numbers at every run. */
class GuaranteesTest {

    private static final Bets BINARY = new BinaryBets(StartRate.UNKNOWN, Margin.NONE);
    private static final Bets USERS = new UserBets(StartRate.UNKNOWN);

    private static final int RUNS = 1_000;
    private static final int HORIZON = 10_000;

    /** A level and three standard errors of a share of the runs. */
    private static double atMost(double alpha) {
        return alpha + 3 * Math.sqrt(alpha * (1 - alpha) / RUNS);
    }

    @Nested
    class FalseAlarms {

        @ParameterizedTest(name = "{0}")
        @MethodSource("dev.agentflags.guard.GuaranteesTest#harmless")
        void are_as_rare_as_promised(String world, Simulated harmless) {
            var runs = runs(RUNS, HORIZON, BINARY, 0.01, harmless.outcomes());

            assertThat(share(0.05, runs)).isLessThan(atMost(0.05));
            assertThat(share(0.01, runs)).isLessThan(atMost(0.01));
        }

        @Test
        void stay_rare_when_the_treatment_is_as_bad_as_the_tolerance_allows() {
            Simulated border = constant(0.05, 0.055, 0.25);
            assertThat(share(
                            0.05,
                            runs(
                                    RUNS,
                                    HORIZON / 4,
                                    new BinaryBets(StartRate.UNKNOWN, Margin.ofPoints(0.005)),
                                    0.05,
                                    border.outcomes())))
                    .isLessThan(atMost(0.05));
            assertThat(share(
                            0.05,
                            runs(
                                    RUNS,
                                    HORIZON / 4,
                                    new BinaryBets(StartRate.UNKNOWN, Margin.ofRatio(1.1)),
                                    0.05,
                                    border.outcomes())))
                    .isLessThan(atMost(0.05));
        }

        @Test
        void stay_rare_when_outcomes_of_a_user_are_alike() {
            Simulated harmless = constant(0.05, 0.05, 0.25);
            assertThat(share(0.05, runs(RUNS, HORIZON, USERS, 0.05, harmless.users(0.3))))
                    .isLessThan(atMost(0.05));
        }

        @Test
        void would_be_frequent_if_each_turn_of_a_user_counted_as_a_user() {
            Simulated harmless = constant(0.05, 0.05, 0.25);
            assertThat(share(0.05, runs(RUNS, HORIZON, BINARY, 0.05, harmless.loneTurns(0.3))))
                    .isGreaterThan(3 * atMost(0.05));
        }

        @Test
        void stay_rare_when_users_are_as_badly_off_as_the_tolerance_allows() {
            Bets bets = new UserToleranceBets(StartRate.UNKNOWN, Margin.ofRatio(1.2));
            assertThat(share(
                            0.05,
                            runs(
                                    RUNS,
                                    HORIZON,
                                    bets,
                                    0.05,
                                    constant(0.05, 0.06, 0.25).users(0.3))))
                    .isLessThan(atMost(0.05));
        }

        @Test
        void stay_rare_for_latencies() {
            Bins bins = latencyBins();
            assertThat(share(
                            0.05,
                            runs(
                                    RUNS,
                                    HORIZON / 4,
                                    new OrderedBets(StartShares.of(bins)),
                                    0.05,
                                    latencies(0.25, 1, 0, bins))))
                    .isLessThan(atMost(0.05));
        }
    }

    static Stream<Arguments> harmless() {
        double[] stages = {0.01, 0.05, 0.25, 0.5};
        return Stream.of(
                Arguments.of("base 1 %, share 50 %", constant(0.01, 0.01, 0.5)),
                Arguments.of("base 5 %, share 5 %", constant(0.05, 0.05, 0.05)),
                Arguments.of("base 20 %, share 1 %", constant(0.2, 0.2, 0.01)),
                Arguments.of("base 20 %, share 50 %", constant(0.2, 0.2, 0.5)),
                Arguments.of("drift", alike(0.05, event -> 0.05 + 0.05 * event / HORIZON)),
                Arguments.of("outage", alike(0.5, event -> event > 4_500 && event < 5_500 ? 0.8 : 0.05)),
                Arguments.of("bursts", alike(0.05, event -> event % 2_000 < 60 ? 0.6 : 0.05)),
                Arguments.of("a wave inside a block", alike(0.5, event -> 0.05 + 0.04 * Math.sin(event / 6.4))),
                Arguments.of("every twentieth event is bad", alike(0.5, event -> event % 20 == 0 ? 1 : 0)),
                Arguments.of("twice the calls, rates double", alike(2 * 0.05 / 1.05, GuaranteesTest::doubling)),
                Arguments.of("half of its calls, rates double", alike(0.5 * 0.05 / 0.975, GuaranteesTest::doubling)),
                Arguments.of(
                        "ramp while the baseline triples",
                        new Simulated(
                                event -> stages[Math.min(3, event * 4 / HORIZON)],
                                event -> 0.02 + 0.04 * event / HORIZON,
                                event -> 0.02 + 0.04 * event / HORIZON)));
    }

    private static double doubling(int event) {
        return event < HORIZON / 2 ? 0.05 : 0.1;
    }

    @Nested
    class Regressions {

        private static final double NEAR = 0.15;

        @ParameterizedTest(name = "{0} to {1} at {2}: {3} treated")
        @CsvSource({
            "0.05, 0.10, 0.05, 292",
            "0.05, 0.15, 0.05, 91",
            "0.05, 0.10, 0.50, 645",
            "0.05, 0.15, 0.50, 226",
            "0.02, 0.04, 0.05, 711",
            "0.20, 0.30, 0.05, 205"
        })
        void are_found_soon(double control, double treatment, double share, double reference) {
            assertThat((double) treated(
                            0.5,
                            runs(
                                    RUNS,
                                    100_000,
                                    BINARY,
                                    0.01,
                                    constant(control, treatment, share).outcomes())))
                    .isCloseTo(reference, within(NEAR * reference));
        }

        @ParameterizedTest(name = "at a base of {0} and a share of {1}: {2}, nearly always {3}")
        @CsvSource({
            "0.02, 0.05, 3, 5",
            "0.01, 0.01, 3, 3",
            "0.05, 0.01, 3, 4",
            "0.05, 0.05, 4, 5",
            "0.10, 0.05, 5, 6",
            "0.05, 0.25, 6, 10",
            "0.10, 0.50, 10, 18"
        })
        void that_are_total_are_found_at_once(double control, double share, int median, int nearlyAlways) {
            var alarms =
                    runs(RUNS, 10_000, BINARY, 0.01, constant(control, 1, share).outcomes());

            assertThat(treated(0.5, alarms)).isLessThanOrEqualTo(median);
            assertThat(treated(0.95, alarms)).isLessThanOrEqualTo(nearlyAlways);
        }

        @Test
        void that_come_late_are_found_nearly_as_soon() {
            int onset = 200_000;
            Simulated late = new Simulated(event -> 0.05, event -> 0.05, event -> event < onset ? 0.05 : 0.55);
            var alarms = runs(60, onset + 20_000, BINARY, 0.01, late.outcomes());
            long[] delays = java.util.Arrays.stream(alarms)
                    .filter(alarm -> alarm.event() > onset)
                    .mapToLong(alarm -> alarm.event() - onset)
                    .sorted()
                    .toArray();

            assertThat(delays).hasSizeGreaterThan(55);
            assertThat(delays[delays.length / 2]).isLessThan(25 * 20 * 115 / 100);
        }

        @Test
        void of_users_are_found() {
            assertThat((double) treated(
                            0.5,
                            runs(
                                    RUNS,
                                    100_000,
                                    USERS,
                                    0.01,
                                    constant(0.05, 0.10, 0.05).users(0.1))))
                    .isCloseTo(540, within(NEAR * 540));
        }

        @ParameterizedTest(name = "times {0} at {1}: {2} treated")
        @CsvSource({"1.5, 0.05, 87", "1.5, 0.5, 189", "1.2, 0.05, 419"})
        void of_latency_are_found(double factor, double share, double reference) {
            Bins bins = latencyBins();
            assertThat((double) treated(
                            0.5,
                            runs(
                                    RUNS / 4,
                                    50_000,
                                    new OrderedBets(StartShares.of(bins)),
                                    0.01,
                                    latencies(share, factor, 0, bins))))
                    .isCloseTo(reference, within(NEAR * reference));
        }
    }

    @Nested
    class Advances {

        @ParameterizedTest(name = "{0} and {1} at {2}: {3} treated")
        @CsvSource({"0.05, 0.10, 0.01, 54", "0.05, 0.05, 0.05, 174", "0.02, 0.02, 0.05, 445", "0.20, 0.05, 0.25, 559"})
        void come_soon_when_there_is_no_harm_and_rarely_when_there_is(
                double rate, double points, double share, double reference) {
            Bets bets = new BinaryMarginBets(StartRate.UNKNOWN, Margin.ofPoints(points));

            assertThat((double) treated(
                            0.5,
                            runs(
                                    RUNS,
                                    50_000,
                                    bets,
                                    0.05,
                                    constant(rate, rate, share).outcomes())))
                    .isLessThan(1.15 * reference);
            assertThat(share(
                            0.05,
                            runs(
                                    RUNS,
                                    HORIZON,
                                    bets,
                                    0.05,
                                    constant(rate, rate + points, share).outcomes())))
                    .isLessThan(atMost(0.05));
        }

        @Test
        void of_users_come_soon_when_there_is_no_harm_and_rarely_when_there_is() {
            Bets bets = new UserMarginBets(StartRate.UNKNOWN, 0.05);
            var alarms =
                    runs(RUNS, 50_000, bets, 0.05, constant(0.05, 0.05, 0.25).users(0.3));

            assertThat(treated(0.5, alarms)).isLessThan(5 * 191 * 115 / 100);
            assertThat(share(
                            0.05,
                            runs(
                                    RUNS,
                                    HORIZON,
                                    bets,
                                    0.05,
                                    constant(0.05, 0.10, 0.25).users(0.3))))
                    .isLessThan(atMost(0.05));
        }

        @Test
        void of_latency_come_soon_when_there_is_no_harm_and_rarely_when_there_is() {
            Bins bins = latencyBins();
            Bets bets = new OrderedMarginBets(StartShares.of(bins));

            assertThat(treated(0.5, runs(RUNS / 4, 50_000, bets, 0.05, latencies(0.05, 1, 0.2, bins))))
                    .isLessThan(309);
            assertThat(share(0.05, runs(RUNS, HORIZON / 4, bets, 0.05, latencies(0.05, 1.2, 0.2, bins))))
                    .isLessThan(atMost(0.05));
        }
    }
}
