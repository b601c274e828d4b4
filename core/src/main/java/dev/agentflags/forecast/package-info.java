/**
 * What the guard will do with a rollout, said before it begins: how long each stage takes to catch a regression, and how long to
 * find that there is none.
 *
 * <p>Start with {@link dev.agentflags.forecast.Forecast}. It simulates outcomes, with a fixed seed, and gives them to the guard's
 * own evidence; nothing is approximated by a formula. Nothing here reads a clock, does I/O or logs.
 */
@NullMarked
package dev.agentflags.forecast;

import org.jspecify.annotations.NullMarked;
