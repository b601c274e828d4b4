package dev.agentflags.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class CountsTest {

    private static final Counts SOME = Counts.binary(61, 14, 6_040, 212);

    @Test
    void know_their_units() {
        assertThat(SOME.units(Arm.TREATMENT)).isEqualTo(61);
        assertThat(SOME.count(Arm.TREATMENT, 1)).isEqualTo(14);
        assertThat(SOME.units(Arm.CONTROL)).isEqualTo(6_040);
        assertThat(SOME.units()).isEqualTo(6_101);
        assertThat(SOME.hasBothArms()).isTrue();
        assertThat(Counts.binary(0, 0, 9, 1).hasBothArms()).isFalse();
    }

    @Test
    void do_not_change_with_the_arrays_that_they_were_made_of() {
        long[] treatment = {1, 2};
        long[] control = {3, 4};
        Counts counts = Counts.of(treatment, control);
        treatment[0] = 9;
        counts.toArray(Arm.CONTROL)[0] = 9;

        assertThat(counts).isEqualTo(Counts.of(new long[] {1, 2}, new long[] {3, 4}));
    }

    @Test
    void are_merged_by_the_larger_and_added_by_the_sum() {
        Counts other = Counts.binary(60, 20, 6_000, 300);

        assertThat(SOME.mergedWith(other)).isEqualTo(Counts.of(new long[] {47, 20}, new long[] {5_828, 300}));
        assertThat(SOME.plus(other)).isEqualTo(Counts.of(new long[] {87, 34}, new long[] {11_528, 512}));
        assertThat(SOME.plus(other).minus(other)).isEqualTo(SOME);
    }

    @Test
    void are_the_same_beyond_what_an_int_holds() {
        Counts many = Counts.binary(3_000_000_000L, 1, 5, 2);

        assertThat(many.count(Arm.TREATMENT, 0)).isEqualTo(2_999_999_999L);
        assertThat(many.units()).isEqualTo(3_000_000_005L);
        assertThat(many.toArray(Arm.CONTROL)).containsExactly(3, 2);
        assertThat(many.plus(SOME).minus(many)).isEqualTo(SOME).hasSameHashCodeAs(SOME);
        assertThat(many.mergedWith(SOME))
                .isEqualTo(Counts.of(new long[] {2_999_999_999L, 14}, new long[] {5_828, 212}));
        assertThat(many.covers(SOME)).isFalse();
        assertThat(many).hasToString("treatment [2999999999, 1], control [3, 2]");
    }

    @Test
    void have_no_other_categories() {
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> SOME.count(Arm.TREATMENT, 2));
    }

    @Test
    void refuse_to_shrink() {
        assertThatIllegalArgumentException().isThrownBy(() -> SOME.minus(Counts.binary(61, 15, 6_040, 212)));
        assertThatIllegalArgumentException().isThrownBy(() -> Counts.binary(1, 2, 3, 4));
        assertThatIllegalArgumentException().isThrownBy(() -> SOME.plus(Counts.none(3)));
    }
}
