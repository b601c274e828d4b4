package dev.agentflags.agent;

import dev.agentflags.agent.outcome.Feedback;
import dev.agentflags.agent.outcome.OutcomeListener;
import dev.agentflags.agent.outcome.RunOutcome;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what it was told. */
final class Recorded implements OutcomeListener {

    private final List<RunOutcome> runs = new CopyOnWriteArrayList<>();
    private final List<Feedback> feedback = new CopyOnWriteArrayList<>();

    @Override
    public void onRun(RunOutcome outcome) {
        runs.add(outcome);
    }

    @Override
    public void onFeedback(Feedback given) {
        feedback.add(given);
    }

    List<RunOutcome> runs() {
        return runs;
    }

    List<Feedback> feedback() {
        return feedback;
    }
}
