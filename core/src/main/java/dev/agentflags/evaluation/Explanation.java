package dev.agentflags.evaluation;

import dev.agentflags.evaluation.Step.Row;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a resolution came about.
 *
 * @param key the flag's
 * @param resolution the same that {@link Evaluator#resolve} returns
 * @param steps the rows of the table of semantics, in order, up to the one that decided; empty where no flag has the key
 * @param bucket where the subject lies in 0 to 100 under this flag, or null where the flag does not bucket, or the subject
 *     has nothing to bucket by
 * @param percentage the share that is in, or null where the flag does not bucket
 * @param serial the document's, or null where it has none
 */
public record Explanation(
        String key,
        Resolution resolution,
        List<Step> steps,
        @Nullable Double bucket,
        @Nullable Double percentage,
        @Nullable Long serial) {

    public Explanation {
        steps = List.copyOf(steps);
    }

    /** Returns the titles of all rows of the table, in order, for those who show the rows that were not reached, too. */
    public static List<String> titles() {
        return Arrays.stream(Row.values()).map(Row::title).toList();
    }

    /**
     * One row of the table.
     *
     * @param number from 1
     * @param title what it looks at
     * @param finding what it found
     * @param decided whether it decided; only of the last one
     */
    public record Step(int number, String title, String finding, boolean decided) {}
}
