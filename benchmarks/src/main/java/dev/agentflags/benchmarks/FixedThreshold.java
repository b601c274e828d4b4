package dev.agentflags.benchmarks;

/**
 * A limit on the treatment's rate of bad outcomes in each window, and how many windows may fail, as the examples in the
 * documentation of Argo Rollouts (success of at least 95 %, {@code failureLimit: 3}) and Flagger (at least 99 %, threshold 5) set
 * them. Our own words for a published example, not a measurement of either product.
 */
final class FixedThreshold implements StoppingRule {

    private static final int WINDOW = 1_000;

    private final double limit;
    private final int mayFail;
    private int events;
    private int treated;
    private int treatedBad;
    private int failed;

    private FixedThreshold(double limit, int mayFail) {
        this.limit = limit;
        this.mayFail = mayFail;
    }

    static FixedThreshold argo() {
        return new FixedThreshold(0.05, 3);
    }

    static FixedThreshold flagger() {
        return new FixedThreshold(0.01, 5);
    }

    @Override
    public boolean alarms(boolean isTreated, boolean bad) {
        events++;
        if (isTreated) {
            treated++;
            treatedBad += bad ? 1 : 0;
        }
        if (events < WINDOW) {
            return false;
        }
        if (treatedBad > limit * treated) {
            failed++;
        }
        events = 0;
        treated = 0;
        treatedBad = 0;
        return failed > mayFail;
    }
}
