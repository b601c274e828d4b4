package dev.agentflags.snapshot;

import dev.agentflags.evaluation.Evaluator;
import dev.agentflags.model.KillSwitch;
import dev.agentflags.model.Ruleset;

/**
 * One ruleset and its evaluator, which always go together. Immutable.
 *
 * @param ruleset as it is in force: an invalid flag stands in its last valid definition
 * @param evaluator of that ruleset
 */
public record Snapshot(Ruleset ruleset, Evaluator evaluator) {

    static Snapshot of(Ruleset ruleset) {
        return new Snapshot(ruleset, Evaluator.compile(ruleset));
    }

    /** Whether the root's switch kills every flag. */
    boolean isKilled() {
        KillSwitch root = ruleset.killSwitch();
        return root != null && root.engaged();
    }
}
