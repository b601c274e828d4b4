/** Togglz by its own API. */
@NullMarked
package dev.agentflags.benchmarks.peers.togglz;

import org.jspecify.annotations.NullMarked;
