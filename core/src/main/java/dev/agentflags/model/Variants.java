package dev.agentflags.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a flag can serve.
 *
 * @param values by name, in the document's order; all of one type
 * @param on which of them it serves to those for whom it is on
 * @param off the name of the one for everybody else, or null for the caller's own default
 */
public record Variants(
        Map<String, FlagValue> values,
        Treatment on,
        @Nullable String off) {

    public Variants {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
}
