package dev.agentflags.model;

/**
 * A variant for the subjects of whom a condition holds.
 *
 * @param id unique within its flag
 * @param when who is meant
 * @param serve the variant's name
 */
public record Rule(String id, Condition when, String serve) {}
