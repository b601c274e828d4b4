/**
 * Answers "which variant of this flag, for this subject, and why".
 *
 * <p>{@link dev.agentflags.evaluation.Evaluator#compile} turns a ruleset into an evaluator once;
 * {@link dev.agentflags.evaluation.Evaluator#resolve} is then called for every evaluation, and tries a flag's
 * {@code Step}s, one for each row of the table of semantics, until one decides. Nothing here reads a clock, does I/O, logs,
 * or throws for bad data.
 */
@NullMarked
package dev.agentflags.evaluation;

import org.jspecify.annotations.NullMarked;
