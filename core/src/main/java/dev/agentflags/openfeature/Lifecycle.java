package dev.agentflags.openfeature;

import dev.agentflags.document.Problem;
import dev.agentflags.snapshot.Change;
import dev.agentflags.snapshot.RefusedException;
import dev.agentflags.snapshot.RulesetInForce;
import dev.agentflags.snapshot.Snapshot;
import dev.agentflags.source.FlagSource;
import dev.openfeature.sdk.ImmutableMetadata;
import dev.openfeature.sdk.ProviderEvent;
import dev.openfeature.sdk.ProviderEventDetails;
import dev.openfeature.sdk.exceptions.GeneralError;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the SDK's idea of the provider's state in step with what the source says. Safe for use by many threads.
 *
 * <p>While {@code initialize} runs, nothing is emitted: the SDK sets READY or ERROR itself when it ends. Afterwards an event is
 * emitted whenever the state is another than the one that the SDK knows of.
 */
final class Lifecycle implements FlagSource.Listener {

    private static final Logger LOG = LoggerFactory.getLogger(AgentFlagsProvider.class);

    private static final int MAX_REPORTED = 10;

    private final String name;
    private final EventLane events;
    private final Consumer<Snapshot> onSnapshot;
    private final RulesetInForce inForce = new RulesetInForce();
    private final CountDownLatch firstNews = new CountDownLatch(1);

    /** What the SDK takes the state to be; null until {@code initialize} has ended. */
    private @Nullable ProviderEvent known;

    private @Nullable String problem;
    private long revision;
    private List<String> reported = List.of();
    private volatile boolean closed;

    /**
     * Makes a lifecycle.
     *
     * @param onSnapshot is given each snapshot before any event tells of it
     */
    Lifecycle(String name, EventLane events, Consumer<Snapshot> onSnapshot) {
        this.name = name;
        this.events = events;
        this.onSnapshot = onSnapshot;
    }

    /**
     * Waits for the first news from the source, good or bad.
     *
     * @param mayStartEmpty whether to end well although there is no ruleset
     * @throws GeneralError if there is no ruleset and there must be one
     */
    void awaitFirst(Duration timeout, boolean mayStartEmpty) {
        boolean news = await(timeout);
        synchronized (this) {
            events.openSoon();
            if (closed) {
                throw new GeneralError(name + " was shut down while it was starting");
            }
            if (inForce.current() == null && !mayStartEmpty) {
                known = ProviderEvent.PROVIDER_ERROR;
                throw new GeneralError("%s has no flags yet and goes on trying: %s"
                        .formatted(name, news ? problem : "nothing came within " + timeout.toMillis() + " ms"));
            }
            known = ProviderEvent.PROVIDER_READY;
            if (inForce.current() == null && problem == null) {
                problem = "no document yet";
            }
            tell();
        }
    }

    private boolean await(Duration timeout) {
        try {
            return firstNews.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Reads outside the lock: a large document must hold up neither the end of {@code initialize} nor a shutdown. */
    @Override
    public @Nullable String deliver(byte[] utf8) {
        if (closed) {
            return name + " was shut down";
        }
        try {
            Change change = inForce.accept(utf8);
            onSnapshot.accept(change.after());
            accepted(change);
            return null;
        } catch (RefusedException e) {
            return Objects.requireNonNullElse(e.getMessage(), "not a document");
        }
    }

    private void accepted(Change change) {
        List<String> keys = List.copyOf(change.keys());
        synchronized (this) {
            report(change.problems());
            restored();
            tellOf(keys);
        }
    }

    @Override
    public void confirm() {
        putInForce(inForce.release());
        restored();
    }

    @Override
    public void lapse(String why) {
        putInForce(inForce.killAll(why));
        fail(why);
    }

    private void putInForce(@Nullable Change change) {
        if (change != null) {
            onSnapshot.accept(change.after());
            tellOf(List.copyOf(change.keys()));
        }
    }

    private synchronized void restored() {
        if (problem != null) {
            LOG.info("{}: up to date again", name);
        }
        problem = null;
        firstNews.countDown();
        tell();
    }

    @Override
    public synchronized void fail(String why) {
        if (!closed && !why.equals(problem)) {
            LOG.warn("{}: {}", name, why);
            problem = why;
        }
        firstNews.countDown();
        tell();
    }

    /** Emits the state if the SDK does not know of it. Without a ruleset there is no state to tell of. */
    private void tell() {
        ProviderEvent state = problem == null ? ProviderEvent.PROVIDER_READY : ProviderEvent.PROVIDER_STALE;
        boolean stillFailing = known == ProviderEvent.PROVIDER_ERROR && inForce.current() == null;
        if (closed || known == null || known == state || stillFailing) {
            return;
        }
        known = state;
        events.emit(state, details().message(problem).build());
    }

    private synchronized void tellOf(List<String> keys) {
        revision++;
        if (!closed && known != null && !keys.isEmpty()) {
            events.emit(
                    ProviderEvent.PROVIDER_CONFIGURATION_CHANGED,
                    details().flagsChanged(keys).build());
        }
    }

    private ProviderEventDetails.ProviderEventDetailsBuilder<?, ?> details() {
        var metadata = ImmutableMetadata.builder().addLong("revision", revision);
        Snapshot snapshot = inForce.current();
        Long serial = snapshot == null ? null : snapshot.ruleset().serial();
        if (serial != null) {
            metadata.addLong("serial", serial);
        }
        return ProviderEventDetails.builder().eventMetadata(metadata.build());
    }

    /** Says once what is wrong with a document, and not again for each edit that leaves it as it is. */
    private void report(List<Problem> problems) {
        List<String> found = problems.stream().map(Problem::toString).toList();
        if (!closed && !found.equals(reported)) {
            found.stream().limit(MAX_REPORTED).forEach(problem -> LOG.warn("{}: {}", name, problem));
            if (found.size() > MAX_REPORTED) {
                LOG.warn("{}: and {} more problems", name, found.size() - MAX_REPORTED);
            }
        }
        reported = found;
    }

    /** Emits nothing from now on. What is in force stays. */
    synchronized void close() {
        closed = true;
        firstNews.countDown();
        events.close();
    }

    boolean isClosed() {
        return closed;
    }
}
