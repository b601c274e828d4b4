package dev.agentflags.model;

/** What a document says under one flag's key: a flag, or something that is not one. */
public sealed interface Definition permits Flag, InvalidFlag {

    /** The flag's key, unique within its ruleset. */
    String key();

    /** The flag's own switch; of an invalid flag, as far as it could be read. */
    KillSwitch killSwitch();
}
