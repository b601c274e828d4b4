/**
 * What a ruleset is: flags, their variants, rules, conditions and kill switches, as immutable values.
 *
 * <p>Start with {@link dev.agentflags.model.Ruleset}. How a document is read into these types is left to
 * {@code dev.agentflags.document}, what they mean for a subject to {@code dev.agentflags.evaluation}.
 */
@NullMarked
package dev.agentflags.model;

import org.jspecify.annotations.NullMarked;
