package dev.agentflags.server.state;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Whether the store answers, and whether what it has is served. Safe for use by many threads. */
public final class StoreHealth {

    /** After how long a silent store counts as dead: several of its own looks at the document. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private volatile State state = new State(0, false, null);

    private record State(
            long heardNanos, boolean dead, @Nullable String problem) {}

    /** Makes one that has not heard of the store yet. */
    public StoreHealth() {}

    /**
     * The store has what is served.
     *
     * @return whether there was a problem before
     */
    public boolean good(long nowNanos) {
        boolean recovered = state.problem() != null;
        state = new State(nowNanos, false, null);
        return recovered;
    }

    /**
     * The store answers, but what it has is refused.
     *
     * @return whether that is news
     */
    public boolean refused(long nowNanos, String problem) {
        return problem(new State(nowNanos, false, problem));
    }

    /**
     * The store does not answer.
     *
     * @return whether that is news
     */
    public boolean dead(long nowNanos, String problem) {
        return problem(new State(nowNanos, true, problem));
    }

    private boolean problem(State next) {
        boolean isNews = !Objects.equals(state.problem(), next.problem());
        state = next;
        return isNews;
    }

    /** Whether the store answers. One whose document is refused does, and is not asked again and again. */
    public boolean isAlive(long nowNanos) {
        State now = state;
        return !now.dead() && (now.problem() != null || nowNanos - now.heardNanos() < PATIENCE.toNanos());
    }

    /** Whether what the store has is refused, and something older goes on being served. */
    public boolean isRefused() {
        State now = state;
        return !now.dead() && now.problem() != null;
    }
}
