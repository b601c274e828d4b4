package dev.agentflags.benchmarks;

/**
 * Where simulated outcomes come from: the treatment's share and each arm's rate of bad outcomes, at every event.
 *
 * @param name for the tables
 * @param share of the treatment at event i
 * @param control rate of bad outcomes at event i, given a random number of the run
 * @param treatment rate of bad outcomes, given the control's
 */
record World(String name, Moving share, Moving control, Harm treatment) {

    /** A number that moves with the events. */
    interface Moving {

        double at(int event);
    }

    /** What the new behaviour does to a rate. */
    interface Harm {

        double to(double rate);
    }

    private static final Harm NONE = rate -> rate;

    /** Both arms alike, nothing moves. */
    static World constant(double rate, double share) {
        return new World("constant", event -> share, event -> rate, NONE);
    }

    /** The treatment has another rate, nothing moves. */
    static World regression(double rate, double worse, double share) {
        return new World("regression", event -> share, event -> rate, control -> worse);
    }

    /** Both arms go from one rate to another over the horizon. */
    static World drift(double from, double to, int horizon, double share) {
        return new World(
                "both arms drift " + Figures.percent(from) + " → " + Figures.percent(to),
                event -> share,
                event -> from + (to - from) * event / horizon,
                NONE);
    }

    /** For a thousand events in the middle nearly everything fails. */
    static World outage(double rate, int horizon, double share) {
        int from = horizon / 2;
        return new World(
                "shared outage: 80 % bad for 1,000 events",
                event -> share, event -> event >= from && event < from + 1_000 ? 0.8 : rate, NONE);
    }

    /** Every two thousand events, sixty of them are mostly bad. */
    static World bursts(double rate, double share) {
        return new World(
                "bursts: 60 of every 2,000 events 60 % bad",
                event -> share, event -> event % 2_000 < 60 ? 0.6 : rate, NONE);
    }

    /** A wave that is faster than a block. */
    static World wave(double rate, int period, double share) {
        return new World(
                "wave of ±80 %, period " + Figures.number(period),
                event -> share,
                event -> rate * (1 + 0.8 * Math.sin(2 * Math.PI * event / period)),
                NONE);
    }

    /** Every twentieth event is bad, whichever arm it meets. */
    static World clockwork(double share) {
        return new World("every 20th event is bad", event -> share, event -> event % 20 == 0 ? 1 : 0, NONE);
    }

    /**
     * The treatment has so many times the outcomes that its users' share says, while the rate doubles in the middle.
     *
     * @param share of the users
     */
    static World volume(double times, double rate, int horizon, double share) {
        double ofOutcomes = times * share / (times * share + 1 - share);
        return new World(
                (times > 1 ? "the treatment makes 2 × the calls" : "the treatment reports half its calls")
                        + ", both rates double",
                event -> ofOutcomes,
                event -> event < horizon / 2 ? rate : 2 * rate,
                NONE);
    }

    /** 1, 5, 25, 50 % while the rate triples. */
    static World ramp(double from, double to, int horizon) {
        double[] stages = {0.01, 0.05, 0.25, 0.5};
        return new World(
                "ramp 1-5-25-50 % while the baseline goes " + Figures.percent(from) + " → " + Figures.percent(to),
                event -> stages[(int) ((long) event * stages.length / horizon)],
                event -> from + (to - from) * event / horizon,
                NONE);
    }
}
