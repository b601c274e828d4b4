package dev.agentflags.document;

import dev.agentflags.document.Problem.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with a document while it is read. Not safe for use by many threads. */
final class Problems {

    private final List<Problem> found = new ArrayList<>();
    private @Nullable String flag;
    private int errors;

    /** Says which flag the problems to come belong to, or null for none. */
    void concerning(@Nullable String flag) {
        this.flag = flag;
    }

    void error(Place place, String message) {
        errors++;
        found.add(new Problem(Severity.ERROR, place.pointer(), 0, 0, flag, message));
    }

    void warning(Place place, String message) {
        found.add(new Problem(Severity.WARNING, place.pointer(), 0, 0, flag, message));
    }

    /** Returns how many errors there are so far, so that a reader can tell whether it added one. */
    int errors() {
        return errors;
    }

    /** Returns the first error after the first {@code skip} of them. */
    String errorAfter(int skip) {
        return found.stream()
                .filter(problem -> problem.severity() == Severity.ERROR)
                .skip(skip)
                .findFirst()
                .map(Problem::toString)
                .orElseThrow();
    }

    /** Returns all problems in the order of the document, with lines and columns. */
    List<Problem> locatedIn(String text) {
        if (found.isEmpty()) {
            return List.of();
        }
        Map<String, Locator.Position> positions =
                Locator.locate(text, found.stream().map(Problem::pointer).collect(java.util.stream.Collectors.toSet()));
        return found.stream()
                .map(problem -> at(positions.get(problem.pointer()), problem))
                .sorted(java.util.Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column))
                .toList();
    }

    private static Problem at(Locator.@Nullable Position position, Problem problem) {
        if (position == null) {
            return problem;
        }
        return new Problem(
                problem.severity(),
                problem.pointer(),
                position.line(),
                position.column(),
                problem.flag(),
                problem.message());
    }
}
