/**
 * A flag server in a process of its own, and what a change costs on its way to those who follow it.
 *
 * <p>Start reading at {@link Delivery}.
 */
@NullMarked
package dev.agentflags.benchmarks.delivery;

import org.jspecify.annotations.NullMarked;
