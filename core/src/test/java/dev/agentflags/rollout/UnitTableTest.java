package dev.agentflags.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class UnitTableTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private final UnitTable table = new UnitTable();

    @Test
    void closes_a_unit_for_good() {
        Objects.requireNonNull(table.touch(5)).add(1, NOW);
        table.close(5);
        assertThat(table.touch(5)).isNull();
        assertThat(table.touch(6)).isNotNull();
    }

    @Test
    void closes_those_that_have_been_silent_and_no_others() {
        for (int unit = 1; unit <= 3; unit++) {
            Objects.requireNonNull(table.touch(unit)).add(0, NOW.plusSeconds(unit));
        }
        Objects.requireNonNull(table.touch(1)).add(1, NOW.plusSeconds(10));
        assertThat(table.closeIdle(NOW.plusSeconds(2))).hasSize(1);
        assertThat(table.touch(2)).isNull();
        assertThat(table.closeIdle(NOW.plusSeconds(10)))
                .extracting(unit -> unit.outcome().bad())
                .containsExactly(0, 1);
    }

    @Test
    void takes_a_part_of_the_units_where_there_are_too_many_and_keeps_to_it() {
        var random = new SplittableRandom(1);
        Set<Long> taken = new HashSet<>();
        for (int i = 0; i < 5 * UnitTable.CAPACITY; i++) {
            long unit = random.nextLong() & 0xFF_FFFF_FFFFL;
            if (table.touch(unit) != null) {
                table.close(unit);
                taken.add(unit);
            }
        }
        LongSet met = table.met();
        assertThat(table.halvings()).isEqualTo(3);
        assertThat(met.size()).isBetween(UnitTable.CAPACITY / 2, UnitTable.CAPACITY);
        met.forEach(unit -> assertThat(taken).contains(unit));
        taken.forEach(unit -> assertThat(table.touch(unit)).isNull());
        UnitTable read = UnitTable.closed(met, table.halvings());
        taken.forEach(unit -> assertThat(read.touch(unit)).isNull());
    }

    @Test
    void has_a_set_that_knows_what_is_in_it() {
        var random = new SplittableRandom(2);
        var set = new LongSet();
        Set<Long> expected = new HashSet<>();
        for (int i = 0; i < 20_000; i++) {
            long number = random.nextInt(8_000) * 4_096L;
            set.add(number);
            expected.add(number);
        }
        assertThat(set.size()).isEqualTo(expected.size());
        Set<Long> found = new HashSet<>();
        set.forEach(found::add);
        assertThat(found).isEqualTo(expected);
        assertThat(set.contains(1)).isFalse();
        assertThat(set.only(number -> number == 0).size()).isEqualTo(1);
    }
}
