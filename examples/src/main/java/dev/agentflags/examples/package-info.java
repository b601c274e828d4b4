/** Programs to start from. Start with {@link dev.agentflags.examples.SupportAgent}. */
@NullMarked
package dev.agentflags.examples;

import org.jspecify.annotations.NullMarked;
