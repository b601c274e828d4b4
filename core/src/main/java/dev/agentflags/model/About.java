package dev.agentflags.model;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What people want to know of a flag.
 *
 * @param description what it changes; empty where nobody said
 * @param owner whom to ask, or null
 * @param tags free words to find it by
 * @param expires the day from which it should no longer be there, or null; nothing happens by itself on that day
 */
public record About(
        String description,
        @Nullable String owner,
        List<String> tags,
        @Nullable LocalDate expires) {

    public About {
        tags = List.copyOf(tags);
    }
}
