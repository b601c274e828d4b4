package dev.agentflags.evaluation;

import static dev.agentflags.evaluation.Given.flags;
import static dev.agentflags.evaluation.Given.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.BitSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Shares over a million users, always the same ones: nothing here is left to chance. */
class DistributionTest {

    private static final int USERS = 1_000_000;
    private static final double STANDARD_ERRORS = 4;

    /** Which of the users a flag of this seed and percentage is on for. */
    private static BitSet in(String seed, double percentage) {
        return in("f", seed, percentage);
    }

    private static BitSet in(String key, String seed, double percentage) {
        Evaluator evaluator = flags(
                "{'%s': {'status': 'percentage', 'seed': '%s', 'percentage': %s}}".formatted(key, seed, percentage));
        var in = new BitSet(USERS);
        for (int i = 0; i < USERS; i++) {
            in.set(
                    i,
                    ((Resolution.Served) evaluator.resolve(key, user("user-" + i)))
                            .variant()
                            .equals("on"));
        }
        return in;
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 5, 25, 50})
    void has_the_share_that_was_asked_for(double percentage) {
        double p = percentage / 100;
        double error = Math.sqrt(p * (1 - p) / USERS);

        assertThat(in("new_reasoning_prompt", percentage).cardinality() / (double) USERS)
                .isCloseTo(p, within(STANDARD_ERRORS * error));
    }

    @Test
    void loses_nobody_when_the_percentage_rises_and_gets_the_same_people_back() {
        BitSet at5 = in("f", 5);
        BitSet at25 = in("f", 25);
        BitSet in5But25 = (BitSet) at5.clone();
        in5But25.andNot(at25);

        assertThat(in5But25.cardinality()).isZero();
        assertThat(at5.cardinality()).isLessThan(at25.cardinality());
        assertThat(in("f", 5)).isEqualTo(at5);
    }

    @Test
    void is_independent_under_different_seeds_and_identical_under_one() {
        BitSet first = in("first", 25);
        BitSet second = in("second", 25);
        BitSet both = (BitSet) first.clone();
        both.and(second);
        double p = 0.25 * 0.25;

        assertThat(both.cardinality() / (double) USERS)
                .isCloseTo(p, within(STANDARD_ERRORS * Math.sqrt(p * (1 - p) / USERS)));
        assertThat(in("another-flag", "first", 25)).isEqualTo(first);
    }

    @Test
    void draws_treatments_in_their_shares_and_independently_of_who_is_in() {
        Evaluator evaluator = flags("""
                {'f': {'status': 'percentage', 'percentage': 10, 'variants': {'off': 0, 'a': 1, 'b': 2},
                       'split': {'a': 1, 'b': 3}}}""");
        int[] counts = new int[3];
        for (int i = 0; i < USERS; i++) {
            String variant = ((Resolution.Served) evaluator.resolve("f", user("user-" + i))).variant();
            counts[variant.equals("off") ? 0 : variant.equals("a") ? 1 : 2]++;
        }
        int in = counts[1] + counts[2];

        assertThat(counts[1] / (double) in).isCloseTo(0.25, within(STANDARD_ERRORS * Math.sqrt(0.25 * 0.75 / in)));
    }
}
