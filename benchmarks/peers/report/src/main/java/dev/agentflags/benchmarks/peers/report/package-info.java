/**
 * Runs the whole comparison and writes what it came to. {@link dev.agentflags.benchmarks.peers.report.Main} measures, part by part,
 * into {@link dev.agentflags.benchmarks.peers.report.Results}; what people read is made from those alone.
 */
@NullMarked
package dev.agentflags.benchmarks.peers.report;

import org.jspecify.annotations.NullMarked;
