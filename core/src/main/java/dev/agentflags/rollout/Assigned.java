package dev.agentflags.rollout;

import dev.agentflags.guard.Arm;
import dev.agentflags.guard.SampleRatio;

/** How many units of one stage are in each arm, whatever became of them. Not safe for use by many threads. */
final class Assigned {

    /** How far from the configured share the arms may be without it being strange: conversations that keep a decision do that. */
    private static final double TOLERANCE = 0.1;

    private LongSet treated = new LongSet();
    private LongSet controls = new LongSet();
    private int halvings;

    void add(Arm arm, long unit) {
        if (isTaken(unit)) {
            units(arm).add(unit);
            if (treated.size() + controls.size() > 2 * UnitTable.CAPACITY) {
                halvings++;
                treated = treated.only(this::isTaken);
                controls = controls.only(this::isTaken);
            }
        }
    }

    private boolean isTaken(long unit) {
        return Long.numberOfTrailingZeros(unit) >= halvings;
    }

    int count(Arm arm) {
        return units(arm).size();
    }

    LongSet units(Arm arm) {
        return arm == Arm.TREATMENT ? treated : controls;
    }

    int halvings() {
        return halvings;
    }

    /** Returns what was written down. */
    static Assigned of(LongSet treated, LongSet controls, int halvings) {
        var assigned = new Assigned();
        assigned.treated = treated;
        assigned.controls = controls;
        assigned.halvings = halvings;
        return assigned;
    }

    /**
     * Returns the natural logarithm of the evidence that the arms have another ratio than they should have, within a tenth.
     *
     * @param percentage of the stage
     */
    double logEvidenceAgainst(double percentage) {
        if (treated.size() + controls.size() == 0 || percentage <= 0 || percentage >= 100) {
            return 0;
        }
        double share = percentage / 100;
        double low = share * (1 - TOLERANCE);
        double high = Math.min(share * (1 + TOLERANCE), (1 + share) / 2);
        double found = (double) treated.size() / (treated.size() + controls.size());
        double nearest = Math.min(high, Math.max(low, found));
        return Math.min(against(nearest), Math.min(against(low), against(high)));
    }

    private double against(double share) {
        return SampleRatio.logEValue(treated.size(), controls.size(), share);
    }
}
