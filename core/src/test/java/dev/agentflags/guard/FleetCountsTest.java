package dev.agentflags.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FleetCountsTest {

    private static final int PROCESSES = 10;
    private static final Bets BETS = new BinaryBets(StartRate.UNKNOWN, Margin.NONE);

    /** One push of one process: all that it has counted. */
    private record Push(String process, Counts counts) {}

    /** The outcomes of one second, at one process and at ten. */
    private record Second(Counts atOne, List<Push> pushes) {}

    /** A regression, counted by real counters: alone, and spread over ten processes that push when they like. */
    private static List<Second> seconds(int count) {
        var random = new Random(11);
        var alone = new OutcomeCounters(2);
        List<OutcomeCounters> spread = new ArrayList<>();
        for (int i = 0; i < PROCESSES; i++) {
            spread.add(new OutcomeCounters(2));
        }
        List<Second> seconds = new ArrayList<>();
        for (int second = 0; second < count; second++) {
            List<Push> pushes = new ArrayList<>();
            for (int event = 0; event < 60; event++) {
                Arm arm = random.nextInt(10) == 0 ? Arm.TREATMENT : Arm.CONTROL;
                int category = random.nextInt(arm == Arm.TREATMENT ? 8 : 20) == 0 ? 1 : 0;
                int process = random.nextInt(PROCESSES);
                alone.count(arm, category);
                spread.get(process).count(arm, category);
                if (random.nextInt(5) == 0) {
                    pushes.add(new Push("p" + process, spread.get(process).counts()));
                }
            }
            for (int process = 0; process < PROCESSES; process++) {
                pushes.add(new Push("p" + process, spread.get(process).counts()));
            }
            seconds.add(new Second(alone.counts(), pushes));
        }
        return seconds;
    }

    @Test
    void lead_to_the_same_evidence_from_one_process_and_from_ten_in_any_order() {
        for (long seed = 0; seed < 5; seed++) {
            var random = new Random(seed);
            Evidence one = Evidence.start(BETS);
            Evidence ten = Evidence.start(BETS);
            FleetCounts fleet = FleetCounts.none(2);
            List<Push> late = new ArrayList<>();
            for (Second second : seconds(40)) {
                List<Push> pushes = new ArrayList<>(second.pushes());
                pushes.addAll(second.pushes());
                pushes.addAll(late);
                Collections.shuffle(pushes, random);
                for (Push push : pushes) {
                    fleet = fleet.with(push.process(), push.counts());
                }
                late = second.pushes();
                one = one.after(1, second.atOne());
                ten = ten.after(1, fleet.total());
                assertThat(ten.state()).isEqualTo(one.state());
            }
            assertThat(one.process().eValue()).isGreaterThan(2);
        }
    }

    @Test
    void are_merged_in_any_order_and_any_number_of_times() {
        var random = new Random(3);
        List<FleetCounts> copies = new ArrayList<>();
        for (Second second : seconds(6)) {
            FleetCounts copy = FleetCounts.none(2);
            for (Push push : second.pushes()) {
                copy = random.nextBoolean() ? copy.with(push.process(), push.counts()) : copy;
            }
            copies.add(copy);
        }
        FleetCounts a = copies.get(1);
        FleetCounts b = copies.get(3);
        FleetCounts c = copies.get(5);

        assertThat(a.mergedWith(b)).isEqualTo(b.mergedWith(a));
        assertThat(a.mergedWith(b).mergedWith(c)).isEqualTo(a.mergedWith(b.mergedWith(c)));
        assertThat(a.mergedWith(a)).isEqualTo(a);
        assertThat(a.mergedWith(b).mergedWith(b)).isEqualTo(a.mergedWith(b));
        assertThat(a.mergedWith(FleetCounts.none(2))).isEqualTo(a);
    }

    @Test
    void count_from_many_threads_without_losing_any() throws InterruptedException {
        var counters = new OutcomeCounters(2);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            threads.add(new Thread(() -> {
                for (int n = 0; n < 10_000; n++) {
                    counters.count(n % 3 == 0 ? Arm.TREATMENT : Arm.CONTROL, n % 2);
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(counters.counts())
                .isEqualTo(Counts.of(new long[] {4 * 1_667, 4 * 1_667}, new long[] {4 * 3_333, 4 * 3_333}));
    }
}
