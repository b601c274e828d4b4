package dev.agentflags.evaluation;

/** A condition, ready to be asked. */
@FunctionalInterface
interface Test {

    /** Whether it holds of the subject. */
    boolean holds(Subject subject);
}
