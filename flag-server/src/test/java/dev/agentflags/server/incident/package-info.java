/** A server as others see it: those who send alerts, ask from other languages, or run several on one Redis. */
@NullMarked
package dev.agentflags.server.incident;

import org.jspecify.annotations.NullMarked;
