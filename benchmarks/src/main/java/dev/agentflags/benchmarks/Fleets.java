package dev.agentflags.benchmarks;

import static dev.agentflags.benchmarks.Figures.number;
import static dev.agentflags.benchmarks.Page.judged;

import dev.agentflags.guard.Arm;
import dev.agentflags.guard.BinaryBets;
import dev.agentflags.guard.Counts;
import dev.agentflags.guard.Evidence;
import dev.agentflags.guard.FleetCounts;
import dev.agentflags.guard.Margin;
import dev.agentflags.guard.OutcomeCounters;
import dev.agentflags.guard.StartRate;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The same outcomes at one process and at ten, whose reports come in any order, some twice, some late.
 *
 * @param sizes of the simulation
 */
record Fleets(Sizes sizes) {

    private static final int PROCESSES = 10;
    private static final int SECONDS = 100;
    private static final int EVENTS_A_SECOND = 60;

    /** What a process reports: all that it has counted. */
    private record Push(String process, Counts counts) {}

    void alike(Page page) {
        Runs runs = sizes.slow();
        page.head(
                "The same outcomes at one process and at " + PROCESSES + ", reports shuffled, repeated and late: "
                        + number(runs.count()) + " runs of " + number(SECONDS) + " ticks",
                "rate of bad outcomes, share 10 %",
                "runs in which the evidence was the same to the last bit after every tick",
                "runs in which it was over 100");
        row(page, 0.05, 0.05);
        row(page, 0.05, 0.10);
    }

    private void row(Page page, double control, double treatment) {
        int alike = 0;
        int killed = 0;
        for (Result result : sizes.slow().map(random -> run(control, treatment, random))) {
            alike += result.alike() ? 1 : 0;
            killed += result.killed() ? 1 : 0;
        }
        page.row(
                Figures.percent(control) + " → " + Figures.percent(treatment),
                judged(
                        number(alike) + " of " + number(sizes.slow().count()),
                        alike == sizes.slow().count()),
                number(killed));
    }

    private record Result(boolean alike, boolean killed) {}

    private static Result run(double control, double treatment, SplittableRandom random) {
        Evidence one = Evidence.start(new BinaryBets(StartRate.UNKNOWN, Margin.NONE));
        Evidence ten = one;
        var alone = new OutcomeCounters(2);
        List<OutcomeCounters> spread = new ArrayList<>();
        for (int i = 0; i < PROCESSES; i++) {
            spread.add(new OutcomeCounters(2));
        }
        FleetCounts fleet = FleetCounts.none(2);
        List<Push> late = new ArrayList<>();
        boolean alike = true;
        boolean killed = false;
        for (int second = 0; second < SECONDS; second++) {
            List<Push> pushes = new ArrayList<>(late);
            late.clear();
            for (int event = 0; event < EVENTS_A_SECOND; event++) {
                Arm arm = random.nextInt(10) == 0 ? Arm.TREATMENT : Arm.CONTROL;
                int category = random.nextDouble() < (arm == Arm.TREATMENT ? treatment : control) ? 1 : 0;
                int process = random.nextInt(PROCESSES);
                alone.count(arm, category);
                spread.get(process).count(arm, category);
                if (random.nextInt(5) == 0) {
                    (random.nextBoolean() ? pushes : late).add(push(process, spread));
                }
            }
            for (int process = 0; process < PROCESSES; process++) {
                pushes.add(push(process, spread));
                late.add(push(process, spread));
            }
            while (!pushes.isEmpty()) {
                Push push = pushes.remove(random.nextInt(pushes.size()));
                fleet = fleet.with(push.process(), push.counts());
            }
            one = one.after(1, alone.counts());
            ten = ten.after(1, fleet.total());
            alike &= ten.state().equals(one.state());
            killed |= one.process().eValue() >= 1 / Sizes.ALPHA;
        }
        return new Result(alike, killed);
    }

    private static Push push(int process, List<OutcomeCounters> spread) {
        return new Push("p" + process, spread.get(process).counts());
    }
}
