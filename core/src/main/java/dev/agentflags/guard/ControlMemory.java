package dev.agentflags.guard;

import java.util.List;

/**
 * What the past says about the control's outcomes, so that bets can be placed before a block is seen.
 *
 * <p>Counts per category that are halved whenever they are many, so that old outcomes are forgotten. What is remembered
 * affects power only. Immutable.
 */
final class ControlMemory {

    /** With more outcomes than this, all counts are halved. */
    static final double ENOUGH = 20_000;

    private final double[] counts;

    private ControlMemory(double[] counts) {
        this.counts = counts;
    }

    static ControlMemory none(int categories) {
        return new ControlMemory(new double[categories]);
    }

    static ControlMemory of(List<Double> counts) {
        return new ControlMemory(
                counts.stream().mapToDouble(Double::doubleValue).toArray());
    }

    double count(int category) {
        return counts[category];
    }

    double total() {
        double total = 0;
        for (double count : counts) {
            total += count;
        }
        return total;
    }

    /** Returns this memory with the control's outcomes of a block of the same categories. */
    ControlMemory plus(Counts block) {
        double[] more = counts.clone();
        for (int k = 0; k < more.length; k++) {
            more[k] += block.count(Arm.CONTROL, k);
        }
        return new ControlMemory(more).faded();
    }

    /** Returns this memory, of good and bad, with some more. */
    ControlMemory plus(double good, double bad) {
        return new ControlMemory(new double[] {counts[0] + good, counts[1] + bad}).faded();
    }

    private ControlMemory faded() {
        if (total() > ENOUGH) {
            for (int k = 0; k < counts.length; k++) {
                counts[k] /= 2;
            }
        }
        return this;
    }

    int size() {
        return counts.length;
    }

    List<Double> toList() {
        return Doubles.list(counts);
    }
}
