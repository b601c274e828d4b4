/**
 * What is asked of every peer, and who asks it. A {@link dev.agentflags.benchmarks.peers.Peer} sets a library up over two flags;
 * {@link dev.agentflags.benchmarks.peers.PeerEvaluation} measures its answers, {@link dev.agentflags.benchmarks.peers.FileTimes}
 * how soon a file and a change of it are answered from. Which peers there are depends on the class path: each has its own.
 */
@NullMarked
package dev.agentflags.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
