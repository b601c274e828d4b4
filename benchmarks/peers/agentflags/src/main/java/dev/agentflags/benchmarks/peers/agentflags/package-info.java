/** Agent Flags, measured as their peers are. */
@NullMarked
package dev.agentflags.benchmarks.peers.agentflags;

import org.jspecify.annotations.NullMarked;
