package dev.agentflags.cli;

import dev.agentflags.evaluation.Evaluator;
import dev.agentflags.evaluation.Resolution;
import dev.agentflags.evaluation.Subject;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** How many subjects got what of one flag. Not safe for use by many threads. */
final class Tally {

    private final String key;
    private final Evaluator evaluator;

    /** By identity: a compiled flag gives the same few objects to all. */
    private final IdentityHashMap<Resolution, long[]> counts = new IdentityHashMap<>();

    Tally(String key, Evaluator evaluator) {
        this.key = key;
        this.evaluator = evaluator;
    }

    /** What a flag gave to so many subjects. */
    record Row(Answer answer, long subjects) {}

    String key() {
        return key;
    }

    void add(Subject subject) {
        counts.computeIfAbsent(evaluator.resolve(key, subject), resolution -> new long[1])[0]++;
    }

    /** Returns what the flag gave, the most frequent first. */
    List<Row> rows() {
        Map<String, Row> rows = new TreeMap<>();
        counts.forEach((resolution, count) -> {
            Answer answer = Answer.of(resolution);
            String name =
                    Objects.requireNonNullElse(answer.variant(), "") + "\n" + answer.reason() + "\n" + answer.error();
            rows.merge(
                    name,
                    new Row(answer, count[0]),
                    (one, other) -> new Row(answer, one.subjects() + other.subjects()));
        });
        return rows.values().stream()
                .sorted(Comparator.comparingLong(Row::subjects).reversed())
                .toList();
    }
}
