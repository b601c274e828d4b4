package dev.agentflags.agent.outcome;

/**
 * Is told how runs ended.
 *
 * <p>A listener is called from one thread at a time and never from one that answers a user. It may be slow or throw: it
 * has a bounded queue of its own, what does not fit is dropped and counted, and what it throws is counted.
 */
public interface OutcomeListener {

    /** A run ended. */
    void onRun(RunOutcome outcome);

    /** Somebody said what they thought of a run; of one that another process served, perhaps. */
    default void onFeedback(Feedback feedback) {}
}
