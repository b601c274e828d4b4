/** Unleash's client by its OpenFeature provider. */
@NullMarked
package dev.agentflags.benchmarks.peers.unleash.openfeature;

import org.jspecify.annotations.NullMarked;
