package dev.agentflags.guard;

import java.util.List;

/**
 * What is taken to be the control's rate of bad outcomes before it has had any. Affects power only.
 *
 * @param rate above 0 and below 1
 * @param weight how many outcomes it counts for, above 0; up to 100 where the rate is that of the last day
 */
public record StartRate(double rate, double weight) {

    /** 5 % with the weight of one outcome: soon forgotten. */
    public static final StartRate UNKNOWN = new StartRate(0.05, 1);

    private static final double LOWEST = 1e-5;
    private static final double HIGHEST = 0.999;

    public StartRate {
        if (!(rate > 0 && rate < 1 && weight > 0 && weight < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "expected a rate between 0 and 1 and a weight above 0, found " + rate + " and " + weight);
        }
    }

    /** Returns the rate to bet on, kept off 0 and 1, given what is remembered of good (0) and bad (1) outcomes. */
    double after(ControlMemory memory) {
        return clamped((memory.count(1) + weight * rate) / (memory.total() + weight));
    }

    static double clamped(double rate) {
        return Math.min(HIGHEST, Math.max(LOWEST, rate));
    }

    List<Double> toList() {
        return List.of(rate, weight);
    }
}
