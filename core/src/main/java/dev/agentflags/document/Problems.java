package dev.agentflags.document;

import dev.agentflags.document.Problem.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with a document while it is read. Not safe for use by many threads. */
final class Problems {

    private final List<Entry> entries = new ArrayList<>();
    private final Map<Severity, Integer> kept = new EnumMap<>(Severity.class);
    private @Nullable String flag;
    private @Nullable String firstError;
    private int errors;

    private record Entry(
            Severity severity, Place place, @Nullable String flag, String message) {}

    /** Says which flag the problems to come belong to, or null for none. */
    void concerning(@Nullable String key) {
        flag = key;
        firstError = null;
    }

    void error(Place place, String message) {
        errors++;
        if (firstError == null) {
            firstError = place.pointer() + ": " + message;
        }
        add(Severity.ERROR, place, message);
    }

    void warning(Place place, String message) {
        add(Severity.WARNING, place, message);
    }

    private void add(Severity severity, Place place, String message) {
        if (kept.merge(severity, 1, Integer::sum) <= Limits.MAX_PROBLEMS) {
            entries.add(new Entry(severity, place, flag, message));
        }
    }

    /** Returns how many errors there are so far, so that a reader can tell whether it added one. */
    int errors() {
        return errors;
    }

    /** Returns the first error of the flag that the problems belong to now, or null where it has none. */
    @Nullable
    String firstError() {
        return firstError;
    }

    /** Returns the problems in the order of the document, with lines and columns. */
    List<Problem> locatedIn(String text) {
        if (entries.isEmpty()) {
            return List.of();
        }
        var locator = Locator.of(text, entries.stream().map(Entry::place).toList());
        return entries.stream()
                .map(entry -> problem(entry, locator.find(entry.place())))
                .sorted(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column))
                .toList();
    }

    private static Problem problem(Entry entry, Locator.Position at) {
        return new Problem(
                entry.severity(), entry.place().pointer(), at.line(), at.column(), entry.flag(), entry.message());
    }
}
