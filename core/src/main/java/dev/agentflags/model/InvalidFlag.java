package dev.agentflags.model;

/**
 * A definition with errors. What was valid before it stays in force, but a kill that it carries is obeyed.
 *
 * @param key unique within its ruleset
 * @param killSwitch the switch where it could be read, otherwise {@link KillSwitch#RELEASED}
 * @param problem the first error, for whoever asks for the flag and has no earlier definition
 */
public record InvalidFlag(String key, KillSwitch killSwitch, String problem) implements Definition {}
