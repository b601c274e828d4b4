package dev.agentflags.benchmarks;

/**
 * How much is simulated.
 *
 * @param harmless runs in which nothing is worse
 * @param regressions runs in which something is
 * @param slow runs of what takes long
 * @param horizon events of a run without a difference
 * @param movingHorizon events of a run in which the rates move
 */
record Sizes(Runs harmless, Runs regressions, Runs slow, int horizon, int movingHorizon) {

    /** Events after which an undetected regression counts as never found. */
    static final int FAR = 1_000_000;

    static Sizes full(Watch watch) {
        return new Sizes(new Runs(2_000, watch), new Runs(4_000, watch), new Runs(2_000, watch), 1_000_000, 300_000);
    }

    /** A tenth of the runs over a tenth of the events. */
    static Sizes quick(Watch watch) {
        return new Sizes(new Runs(200, watch), new Runs(500, watch), new Runs(100, watch), 100_000, 50_000);
    }

    static final double ALPHA = 0.01;
    static final double ALPHA_5 = 0.05;
    static final double[] SHARES = {0.01, 0.05, 0.25, 0.50};
}
