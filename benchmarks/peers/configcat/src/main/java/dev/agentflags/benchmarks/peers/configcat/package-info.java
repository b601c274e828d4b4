/** ConfigCat's client by its own API. */
@NullMarked
package dev.agentflags.benchmarks.peers.configcat;

import org.jspecify.annotations.NullMarked;
