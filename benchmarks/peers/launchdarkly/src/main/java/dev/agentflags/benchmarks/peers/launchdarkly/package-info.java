/** LaunchDarkly's server SDK by its own API. */
@NullMarked
package dev.agentflags.benchmarks.peers.launchdarkly;

import org.jspecify.annotations.NullMarked;
