package dev.agentflags.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentflags.guard.Arm;
import dev.agentflags.model.GuardMetric.Name;
import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Whole rollouts with fixed seeds, from 1 to 100 %: documents, buckets, controller and statistics together. */
class WholeRolloutTest {

    private static final int RUNS = 25;
    private static final int TURNS = 70_000;

    private enum End {
        SHIPPED,
        KILLED,
        UNDECIDED
    }

    private static long count(End end, double control, double treatment) {
        return LongStream.range(0, RUNS)
                .filter(seed -> rollout(seed, control, treatment) == end)
                .count();
    }

    private static End rollout(long seed, double control, double treatment) {
        var world = Guarded.flag(1, "'seed': 's%d', 'guard': {'unit': 'event'}".formatted(seed), seed);
        for (int turns = 0; turns < TURNS; turns += 1_000) {
            world.serve(1_000, control, treatment);
            if (world.isKilled() || world.percentage() == 100) {
                return world.isKilled() ? End.KILLED : End.SHIPPED;
            }
        }
        return End.UNDECIDED;
    }

    @Test
    void ships_what_is_harmless() {
        assertThat(count(End.SHIPPED, 0.05, 0.05)).isGreaterThanOrEqualTo(RUNS - 1);
    }

    @Test
    void never_ships_what_is_worse_and_mostly_kills_it() {
        assertThat(count(End.SHIPPED, 0.05, 0.1)).isZero();
        assertThat(count(End.KILLED, 0.05, 0.1)).isGreaterThanOrEqualTo(RUNS - 1);
    }

    @Test
    void takes_users_with_several_turns_for_one_each() {
        var world = Guarded.flag(5, "'guard': {}");
        for (int minute = 0; minute < 60; minute++) {
            for (int user = 0; user < 200; user++) {
                String name = "m" + minute + "-u" + user;
                double rate = world.random().nextDouble() < 0.1
                        ? 0.5
                        : 0.02; // some users have a hard time, whatever they get
                for (int turn = 0; turn < 5; turn++) {
                    world.report(world.turn(name, arm -> world.draw(rate), Name.ERROR));
                }
            }
            world.pass(Duration.ofMinutes(1));
        }
        assertThat(world.isKilled()).isFalse();
        GuardReport.Group control = world.report().metrics().get(0).control();
        assertThat(control.units()).isBetween(1_000L, 12_000L);
        assertThat(control.bad()).isBetween(control.units() / 20, control.units() / 4);
        for (int i = 0; i < 2_000; i++) {
            world.report(world.turn("x" + i, arm -> arm == Arm.TREATMENT ? 1 : 0, Name.ERROR));
        }
        world.settle();
        assertThat(world.isKilled()).isTrue();
    }
}
