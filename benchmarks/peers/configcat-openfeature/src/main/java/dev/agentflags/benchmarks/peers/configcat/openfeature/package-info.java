/** ConfigCat's client by its OpenFeature provider. */
@NullMarked
package dev.agentflags.benchmarks.peers.configcat.openfeature;

import org.jspecify.annotations.NullMarked;
