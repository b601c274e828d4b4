package dev.agentflags.rollout;

import java.time.Instant;

/**
 * One stage of a rollout, as it was entered.
 *
 * @param number counts the stages that this rollout was in, from 1; one that is entered again gets a new number
 * @param percentage of those who have the new behaviour
 * @param since when it was entered
 * @param from number of the ruleset that began it; see {@link History}
 */
record Stage(int number, double percentage, Instant since, long from) {}
