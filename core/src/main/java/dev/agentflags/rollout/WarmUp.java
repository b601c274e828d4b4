package dev.agentflags.rollout;

import dev.agentflags.guard.Bins;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gathers amounts of the control until there are enough to tell what is usual. Not safe for use by many threads. */
final class WarmUp {

    private static final float[] NONE = {};

    /** With the precision of a float: they only give the edges of bins. */
    private float[] amounts = NONE;

    private int gathered;

    /** Takes one amount; one that is infinite says nothing of what is usual. */
    void add(double amount) {
        if (gathered == 0) {
            amounts = new float[Bins.MIN_OUTCOMES];
        }
        if (gathered < amounts.length && amount < Float.MAX_VALUE) {
            amounts[gathered++] = (float) amount;
        }
    }

    int gathered() {
        return gathered;
    }

    /** Returns the bins, or null as long as there are too few amounts. */
    @Nullable
    Bins bins() {
        if (gathered < Bins.MIN_OUTCOMES) {
            return null;
        }
        double[] usual = new double[gathered];
        for (int i = 0; i < gathered; i++) {
            usual[i] = amounts[i];
        }
        return Bins.fromControl(usual);
    }

    /** Forgets all of them: there are bins now. */
    void forget() {
        amounts = NONE;
    }

    List<Double> toList() {
        Double[] list = new Double[gathered];
        for (int i = 0; i < gathered; i++) {
            list[i] = (double) amounts[i];
        }
        return List.of(list);
    }
}
