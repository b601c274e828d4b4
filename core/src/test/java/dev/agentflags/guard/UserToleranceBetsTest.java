package dev.agentflags.guard;

import static dev.agentflags.guard.Simulated.constant;
import static dev.agentflags.guard.Simulated.runs;
import static dev.agentflags.guard.Simulated.share;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class UserToleranceBetsTest {

    private static final int RUNS = 500;

    private static double alarms(Bets bets, double control, double treatment) {
        return share(
                0.05,
                runs(
                        RUNS,
                        10_000,
                        bets,
                        0.05,
                        constant(control, treatment, 0.25).users(0.3)));
    }

    @Test
    void are_seldom_wrong_about_what_is_as_bad_as_the_tolerance_allows() {
        double atMost = 0.05 + 3 * Math.sqrt(0.05 * 0.95 / RUNS);
        assertThat(alarms(new UserToleranceBets(StartRate.UNKNOWN, Margin.ofRatio(1.5)), 0.06, 0.09))
                .isLessThan(atMost);
        assertThat(alarms(new UserToleranceBets(StartRate.UNKNOWN, Margin.ofPoints(0.03)), 0.06, 0.09))
                .isLessThan(atMost);
    }

    @Test
    void find_what_is_worse_than_that() {
        assertThat(alarms(new UserToleranceBets(StartRate.UNKNOWN, Margin.ofRatio(1.5)), 0.06, 0.25))
                .isGreaterThan(0.9);
    }

    @Test
    void have_a_mirror_image_that_is_seldom_wrong_about_what_is_at_the_margin_and_finds_what_is_within() {
        double atMost = 0.05 + 3 * Math.sqrt(0.05 * 0.95 / RUNS);
        assertThat(alarms(new UserMarginBets(StartRate.UNKNOWN, Margin.ofRatio(2)), 0.06, 0.12))
                .isLessThan(atMost);
        assertThat(alarms(new UserMarginBets(StartRate.UNKNOWN, Margin.ofRatio(2)), 0.06, 0.06))
                .isGreaterThan(0.9);
    }

    @Test
    void have_no_tolerance_below_nothing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new UserToleranceBets(StartRate.UNKNOWN, Margin.ofRatio(0.9)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new UserToleranceBets(StartRate.UNKNOWN, Margin.ofPoints(-0.1)));
    }

    @Test
    void are_written_down_with_their_tolerance() {
        var bets = new UserToleranceBets(StartRate.UNKNOWN, new Margin(1.5, 0.01));
        assertThat(Bets.of(bets.kind(), bets.parameters())).isEqualTo(bets);
    }
}
