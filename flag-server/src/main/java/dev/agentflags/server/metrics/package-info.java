/** What the server counts, as Prometheus reads it. No keys of flags, no names of tokens. */
@NullMarked
package dev.agentflags.server.metrics;

import org.jspecify.annotations.NullMarked;
