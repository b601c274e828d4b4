package dev.agentflags.benchmarks;

import dev.agentflags.guard.BinaryBets;
import dev.agentflags.guard.BinaryMarginBets;
import dev.agentflags.guard.Counts;
import dev.agentflags.guard.Evidence;
import dev.agentflags.guard.HarmBudget;
import dev.agentflags.guard.Levels;
import dev.agentflags.guard.Margin;
import dev.agentflags.guard.StartRate;
import dev.agentflags.guard.TickRule;
import dev.agentflags.guard.Verdict;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Many whole rollouts: from stage to stage when it is safe, back to nothing when it is worse.
 *
 * @param runs how many
 * @param horizon in how many events a rollout must come to an end
 */
record RolloutRuns(Runs runs, int horizon) {

    private static final double[] STAGES = {0.01, 0.05, 0.25, 0.5, 1};

    /** How a rollout ended. */
    enum End {
        SHIPPED,
        KILLED,
        UNDECIDED
    }

    /**
     * One rollout.
     *
     * @param end how
     * @param events after how many
     * @param treated how many of them met the new behaviour
     */
    record Rollout(End end, int events, int treated) {}

    List<Rollout> of(World.Moving control, World.Harm harm, Levels levels) {
        return runs.map(random -> rollout(control, harm, levels, random));
    }

    private Rollout rollout(World.Moving control, World.Harm harm, Levels levels, SplittableRandom random) {
        Evidence worse = Evidence.start(new BinaryBets(StartRate.UNKNOWN, Margin.NONE));
        Evidence safe = worse;
        int stage = -1;
        int allTreated = 0;
        long[][] totals = new long[2][2];
        boolean entering = true;
        long fresh = 0;
        for (int event = 0; event < horizon; event++) {
            if (entering) {
                stage++;
                if (STAGES[stage] == 1) {
                    return new Rollout(End.SHIPPED, event, allTreated);
                }
                Margin margin = HarmBudget.DEFAULT.marginBefore(STAGES[stage + 1]);
                safe = safe.restarted(new BinaryMarginBets(StartRate.UNKNOWN, margin));
                totals = new long[2][2];
                fresh = 0;
                entering = false;
            }
            boolean treated = random.nextDouble() < STAGES[stage];
            double rate = control.at(event);
            allTreated += treated ? 1 : 0;
            totals[treated ? 0 : 1][random.nextDouble() < (treated ? harm.to(rate) : rate) ? 1 : 0]++;
            fresh++;
            if (!TickRule.isDue(fresh, worse.process().seen(), 0)) {
                continue;
            }
            Counts counts = Counts.of(totals[0], totals[1]);
            if (worse.isDue(stage, counts, 0)) {
                fresh = 0;
                worse = worse.after(stage, counts);
                safe = safe.after(stage, counts);
                Verdict verdict = Verdict.on(List.of(new Verdict.Metric("error", 1, worse, safe)), levels);
                if (verdict instanceof Verdict.Worse) {
                    return new Rollout(End.KILLED, event + 1, allTreated);
                }
                entering = verdict instanceof Verdict.Safe;
            }
        }
        return new Rollout(End.UNDECIDED, horizon, allTreated);
    }
}
