package dev.agentflags.evaluation;

/** A condition, ready to be asked. */
@FunctionalInterface
interface Matcher {

    /** Whether it holds of the subject. */
    boolean matches(Subject subject);
}
