package dev.agentflags.evaluation;

import dev.agentflags.model.FlagValue;

/**
 * What evaluating one flag for one subject came to. Immutable, and made when the ruleset was compiled.
 *
 * <p>Only {@link Served} carries a value; the other two leave the caller with its own default.
 */
public sealed interface Resolution {

    /** A variant was picked. */
    record Served(String variant, FlagValue value, Reason reason) implements Resolution {}

    /** The flag has no variant for this case, so the caller's own default it is; not an error. */
    record CallerDefault(Reason reason) implements Resolution {}

    /** The flag could not be evaluated. */
    record Failed(Failure failure, String message) implements Resolution {}

    /** Why a flag could not be evaluated. */
    enum Failure {
        /** No flag has this key. */
        FLAG_NOT_FOUND,
        /** The flag's definition has errors, and there was no sound one before it. */
        PARSE_ERROR,
        /** The subject lacks what the flag buckets by. */
        TARGETING_KEY_MISSING
    }
}
