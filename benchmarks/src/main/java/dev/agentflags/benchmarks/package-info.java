/**
 * JMH benchmarks. {@link dev.agentflags.benchmarks.Main} runs them and holds the results against the bars.
 */
@NullMarked
package dev.agentflags.benchmarks;

import org.jspecify.annotations.NullMarked;
