package dev.agentflags.benchmarks;

import dev.openfeature.sdk.EvaluationContext;
import dev.openfeature.sdk.ImmutableContext;
import java.nio.charset.StandardCharsets;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** 1,024 users who take turns, so that no branch and no cache learns who comes. */
@State(Scope.Thread)
public class Users {

    private static final int COUNT = 1_024;

    private final String[] names = new String[COUNT];
    private final EvaluationContext[] contexts = new EvaluationContext[COUNT];
    private final byte[][] hashed = new byte[COUNT][];
    private int next;

    /** Makes the users. */
    public Users() {
        for (int i = 0; i < COUNT; i++) {
            names[i] = "user-" + i;
            contexts[i] = new ImmutableContext(names[i]);
            hashed[i] = (Documents.ROLLOUT + ":" + names[i]).getBytes(StandardCharsets.UTF_8);
        }
    }

    private int turn() {
        next = (next + 1) & (COUNT - 1);
        return next;
    }

    /** Returns the next user's context, which was made before. */
    EvaluationContext context() {
        return contexts[turn()];
    }

    /** Returns a new context of the next user. */
    EvaluationContext newContext() {
        return new ImmutableContext(names[turn()]);
    }

    /** Returns what is hashed of the next user. */
    byte[] hashed() {
        return hashed[turn()];
    }
}
