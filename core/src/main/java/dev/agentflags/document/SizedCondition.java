package dev.agentflags.document;

import dev.agentflags.model.Condition;

/**
 * A condition, and how many conditions it comes to with the segments in it written out.
 *
 * @param size 1 or more
 */
record SizedCondition(Condition condition, int size) {}
