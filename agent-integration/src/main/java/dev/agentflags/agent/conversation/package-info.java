/**
 * What a conversation keeps from one turn to the next.
 *
 * <p>Start with {@link dev.agentflags.agent.conversation.PinStore}, which is also the interface to implement for a
 * store that several processes share. When a pin holds and when it has to yield is decided in {@code
 * dev.agentflags.agent}.
 */
@NullMarked
package dev.agentflags.agent.conversation;

import org.jspecify.annotations.NullMarked;
