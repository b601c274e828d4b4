package dev.agentflags.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackedCountsTest {

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 127, 128, 16_383, 16_384, Integer.MAX_VALUE, 1L << 56, Long.MAX_VALUE})
    void are_unpacked_as_they_were(long count) {
        Counts counts = Counts.of(new long[] {count, 0, 1}, new long[] {2, count, 0});
        assertThat(PackedCounts.of(counts).unpack()).isEqualTo(counts);
    }

    @Test
    void are_unpacked_as_they_were_whatever_they_are() {
        var random = new Random(1);
        for (int i = 0; i < 1_000; i++) {
            long[] treatment = random.longs(65, 0, 1L << random.nextInt(63)).toArray();
            long[] control = random.longs(65, 0, 1L << random.nextInt(63)).toArray();
            Counts counts = Counts.of(treatment, control);
            assertThat(PackedCounts.of(counts).unpack()).isEqualTo(counts);
            assertThat(PackedCounts.of(counts)).isEqualTo(PackedCounts.of(counts));
        }
    }

    @Test
    void differ_where_the_counts_do() {
        PackedCounts counts = PackedCounts.of(Counts.none(2));
        assertThat(counts)
                .isNotEqualTo(PackedCounts.of(Counts.none(3)))
                .isNotEqualTo(PackedCounts.of(Counts.binary(1, 0, 0, 0)));
    }
}
