package dev.agentflags.model;

/** x. */
public record Ruleset(String a) {}
