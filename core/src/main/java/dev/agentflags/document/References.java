package dev.agentflags.document;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What one flag requires, or one segment refers to, directly and through others. Not safe for use by many threads. */
final class References {

    private static final int CYCLE_SHOWN = 10;

    private final String start;

    /** By what is referred to, what refers to it first; nearest first. */
    private final Map<String, String> referrers = new LinkedHashMap<>();

    private References(String start) {
        this.start = start;
    }

    /**
     * Returns what is wrong with the references of a name, or null: that there are more than {@link Limits#MAX_REFERENCES}, or
     * that they lead back to it. They are followed no further than the limit, so that this costs little, however long the chains.
     *
     * @param direct what a name refers to directly, nothing for one that it does not know
     */
    static @Nullable String problem(String start, Function<String, ? extends Collection<String>> direct) {
        var references = new References(start);
        references.follow(direct);
        if (references.referrers.containsKey(start)) {
            return "expected no cycle, found " + references.cycle();
        }
        return references.isOverLimit()
                ? "expected at most %d, directly and through others, found more".formatted(Limits.MAX_REFERENCES)
                : null;
    }

    private void follow(Function<String, ? extends Collection<String>> direct) {
        Deque<String> open = new ArrayDeque<>(List.of(start));
        while (!open.isEmpty()) {
            String referrer = open.remove();
            for (String name : direct.apply(referrer)) {
                if (referrers.putIfAbsent(name, referrer) == null) {
                    open.add(name);
                }
                if (isOverLimit()) {
                    return;
                }
            }
        }
    }

    private boolean isOverLimit() {
        return referrers.size() > Limits.MAX_REFERENCES;
    }

    private String cycle() {
        List<String> path = new ArrayList<>(List.of(start));
        String name = start;
        do {
            name = referrers.getOrDefault(name, start);
            path.add(name);
        } while (!name.equals(start));
        Collections.reverse(path);
        List<String> shown = path.size() <= CYCLE_SHOWN ? path : new ArrayList<>(path.subList(0, CYCLE_SHOWN));
        if (shown.size() < path.size()) {
            shown.add("…");
        }
        return String.join(" → ", shown);
    }
}
