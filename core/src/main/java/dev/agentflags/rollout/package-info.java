/**
 * What a guard does: counts outcomes, looks at the evidence, and stops a rollout or takes it on.
 *
 * <p>{@link dev.agentflags.rollout.Controller} has a {@code GuardedFlag} for each flag that is guarded, acts through
 * {@link dev.agentflags.admin.FlagAdmin}, and keeps what it knows in a {@link dev.agentflags.rollout.GuardStore};
 * {@link dev.agentflags.rollout.GuardThread} runs it in a process of the application. What the evidence is worth is left to
 * {@code dev.agentflags.guard}; nothing here reads a clock that was not handed in.
 */
@NullMarked
package dev.agentflags.rollout;

import org.jspecify.annotations.NullMarked;
