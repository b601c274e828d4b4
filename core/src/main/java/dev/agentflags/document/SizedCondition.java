package dev.agentflags.document;

import dev.agentflags.model.Condition;
import java.util.List;
import java.util.function.Function;

/**
 * A condition, and what it comes to with the segments in it written out.
 *
 * @param size how many conditions
 * @param depth how deep they nest, 1 for a condition without others in it
 */
record SizedCondition(Condition condition, long size, int depth) {

    /** Returns a condition without others in it. */
    static SizedCondition simple(Condition condition) {
        return new SizedCondition(condition, 1, 1);
    }

    /** Returns a condition that is made of others. */
    static SizedCondition of(List<SizedCondition> parts, Function<List<Condition>, Condition> constructor) {
        return new SizedCondition(
                constructor.apply(parts.stream().map(SizedCondition::condition).toList()),
                1 + parts.stream().mapToLong(SizedCondition::size).sum(),
                1 + parts.stream().mapToInt(SizedCondition::depth).max().orElse(0));
    }
}
