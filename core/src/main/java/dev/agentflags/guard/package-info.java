/**
 * The statistics of a guarded rollout: is the new behaviour worse, and is it safe to go on?
 *
 * <p>Outcomes are counted by arm and category in {@link dev.agentflags.guard.OutcomeCounters}, added up over processes in
 * {@link dev.agentflags.guard.FleetCounts}, and taken in blocks by {@link dev.agentflags.guard.Evidence}, which bets
 * on which arm the bad outcomes came from. What a bet wins is evidence: an e-value, which may be looked at after every
 * block. {@link dev.agentflags.guard.Verdict} holds the evidence of several metrics against its limits.
 *
 * <p>Everything here but the counters is an immutable value; nothing reads a clock, does I/O or logs. What a verdict leads
 * to is left to others.
 */
@NullMarked
package dev.agentflags.guard;

import org.jspecify.annotations.NullMarked;
