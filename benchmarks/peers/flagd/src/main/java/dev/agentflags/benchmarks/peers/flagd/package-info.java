/** flagd's OpenFeature provider, which evaluates in process. */
@NullMarked
package dev.agentflags.benchmarks.peers.flagd;

import org.jspecify.annotations.NullMarked;
