package dev.agentflags.benchmarks;

/** Looks at outcomes as they come and raises an alarm. Not safe for use by many threads. */
interface StoppingRule {

    /** Takes one outcome, and returns whether there is an alarm now. */
    boolean alarms(boolean treated, boolean bad);

    /** Is told that the treatment's share changes with the next outcome. */
    default void newStage() {}
}
