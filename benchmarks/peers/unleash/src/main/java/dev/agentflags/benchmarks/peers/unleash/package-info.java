/** Unleash's client by its own API. */
@NullMarked
package dev.agentflags.benchmarks.peers.unleash;

import org.jspecify.annotations.NullMarked;
