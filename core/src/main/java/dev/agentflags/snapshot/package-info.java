/**
 * The ruleset in force.
 *
 * <p>{@link dev.agentflags.snapshot.RulesetInForce} takes documents, refuses those it must not take, and replaces one immutable
 * {@link dev.agentflags.snapshot.Snapshot} by the next. It is the only thing here that changes.
 */
@NullMarked
package dev.agentflags.snapshot;

import org.jspecify.annotations.NullMarked;
