/** Agent Flags over HTTP, measured as their peers are. */
@NullMarked
package dev.agentflags.benchmarks.peers.agentflags.remote;

import org.jspecify.annotations.NullMarked;
