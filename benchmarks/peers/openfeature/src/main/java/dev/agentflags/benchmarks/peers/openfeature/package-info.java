/** The OpenFeature SDK with its provider that does nothing: what the way through the client costs by itself. */
@NullMarked
package dev.agentflags.benchmarks.peers.openfeature;

import org.jspecify.annotations.NullMarked;
