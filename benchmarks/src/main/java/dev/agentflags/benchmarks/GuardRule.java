package dev.agentflags.benchmarks;

import dev.agentflags.guard.Bets;
import dev.agentflags.guard.Counts;
import dev.agentflags.guard.EProcess;
import dev.agentflags.guard.TickRule;

/** Our engine, looking at every block that the tick rule closes. Time stands still: blocks close by their size alone. */
final class GuardRule implements StoppingRule {

    private final double logLimit;
    private EProcess evidence;
    private double highest;
    private long[] treatment;
    private long[] control;
    private long treated;
    private long fresh;

    GuardRule(Bets bets, double alpha) {
        this.logLimit = -Math.log(alpha);
        this.evidence = EProcess.start(bets);
        clear();
    }

    @Override
    public boolean alarms(boolean isTreated, boolean bad) {
        return alarms(isTreated, bad ? 1 : 0);
    }

    boolean alarms(boolean isTreated, int category) {
        (isTreated ? treatment : control)[category]++;
        treated += isTreated ? 1 : 0;
        fresh++;
        if (treated == 0 || treated == fresh || !TickRule.isDue(fresh, evidence.seen(), 0)) {
            return false;
        }
        evidence = evidence.after(Counts.of(treatment, control));
        clear();
        double log = evidence.logEValue();
        highest = Math.max(highest, log);
        return log >= logLimit;
    }

    /** What is still open of the old stage's block is left out, as if its outcomes never came. */
    @Override
    public void newStage() {
        clear();
    }

    private void clear() {
        treatment = new long[evidence.bets().categories()];
        control = new long[evidence.bets().categories()];
        treated = 0;
        fresh = 0;
    }

    /** Returns the logarithm of the most evidence so far. */
    double highest() {
        return highest;
    }
}
