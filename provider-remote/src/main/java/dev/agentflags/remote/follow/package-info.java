/**
 * Keeps up with a document that somebody else serves: when to ask, when to ask again, what to make of the answer, and when to say
 * that it has been too long.
 *
 * <p>{@link dev.agentflags.remote.follow.RemoteSource} has the threads, {@link dev.agentflags.remote.follow.Follower} what they do,
 * and {@link dev.agentflags.remote.follow.Schedule}, {@link dev.agentflags.remote.follow.Backoff} and
 * {@link dev.agentflags.remote.follow.Freshness} the rules, which know neither threads nor clocks. How to ask is left to
 * {@link dev.agentflags.remote.follow.Origin}.
 */
@NullMarked
package dev.agentflags.remote.follow;

import org.jspecify.annotations.NullMarked;
