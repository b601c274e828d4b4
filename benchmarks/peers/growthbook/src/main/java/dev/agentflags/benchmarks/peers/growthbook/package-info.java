/** GrowthBook's SDK for the JVM by its own API. */
@NullMarked
package dev.agentflags.benchmarks.peers.growthbook;

import org.jspecify.annotations.NullMarked;
