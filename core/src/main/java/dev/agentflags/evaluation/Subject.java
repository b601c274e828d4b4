package dev.agentflags.evaluation;

import org.jspecify.annotations.Nullable;

/**
 * Whom a flag is evaluated for.
 *
 * <p>Called on the evaluating thread, only for what the flag's rules ask for.
 */
public interface Subject {

    /** Returns the user, which is OpenFeature's targeting key; null for nobody in particular. */
    @Nullable
    String user();

    /** Returns the user's plan, or null where it is not known. */
    @Nullable
    String plan();

    /**
     * Returns any other attribute: a {@link String}, {@link Boolean}, {@link Number} or {@link java.time.Instant}. Null where
     * the subject does not have it; of any other type, no test of it holds but that it exists.
     */
    @Nullable
    Object attribute(String name);
}
