package dev.agentflags.benchmarks;

/** A one-sided test of two proportions, looked at after every event as if it were the only look; from 30 outcomes an arm on. */
final class ZTest implements StoppingRule {

    private static final int MIN_OUTCOMES = 30;

    private static final double QUANTILE_99 = 2.3263478740408408;

    private final double quantile;
    private double treated;
    private double treatedBad;
    private double controls;
    private double controlsBad;

    private ZTest(double quantile) {
        this.quantile = quantile;
    }

    /** Returns a test at a level of 1 %. */
    static ZTest of99() {
        return new ZTest(QUANTILE_99);
    }

    @Override
    public boolean alarms(boolean isTreated, boolean bad) {
        if (isTreated) {
            treated++;
            treatedBad += bad ? 1 : 0;
        } else {
            controls++;
            controlsBad += bad ? 1 : 0;
        }
        if (treated < MIN_OUTCOMES || controls < MIN_OUTCOMES) {
            return false;
        }
        double difference = treatedBad / treated - controlsBad / controls;
        double rate = (treatedBad + controlsBad) / (treated + controls);
        double variance = rate * (1 - rate) * (1 / treated + 1 / controls);
        return difference > 0 && difference * difference > quantile * quantile * variance;
    }
}
