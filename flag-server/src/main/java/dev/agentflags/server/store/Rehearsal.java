package dev.agentflags.server.store;

import dev.agentflags.admin.AdminException;
import dev.agentflags.admin.AuditEntry;
import dev.agentflags.admin.DocumentStore;
import dev.agentflags.admin.StoreAdmin;
import dev.agentflags.admin.Stored;
import dev.agentflags.document.DocumentException;
import dev.agentflags.document.RecentDocument;
import dev.agentflags.model.Definition;
import dev.agentflags.model.Ruleset;
import dev.agentflags.server.state.Published;
import dev.agentflags.snapshot.RefusedException;
import dev.agentflags.snapshot.RulesetInForce;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kills a flag again and again, in memory and to no effect, so that the virtual machine has compiled what a kill takes before somebody
 * is in need of one. Has a thread of its own, which ends by itself.
 */
public final class Rehearsal implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);

    /** By then there is nothing left to compile, however short the document. */
    static final int ENOUGH = 1_000;

    private final Clock clock;
    private final RecentDocument reader = new RecentDocument();
    private final Thread thread;
    private volatile boolean closed;

    /**
     * Begins.
     *
     * @param published what is served
     * @param atMost how long it may take
     */
    public Rehearsal(Published published, Duration atMost, Clock clock) {
        this.clock = clock;
        thread = new Thread(() -> run(published, System.nanoTime() + atMost.toNanos()), "agentflags-rehearsal");
        thread.setDaemon(true);
        thread.start();
    }

    private void run(Published published, long end) {
        Optional<String> key = anyAlive(published.snapshot().ruleset());
        try {
            for (int i = 0; i < ENOUGH && key.isPresent() && !closed && System.nanoTime() - end < 0; i++) {
                kill(key.get(), published);
            }
        } catch (AdminException | RuntimeException e) {
            LOG.debug("a kill cannot be rehearsed", e);
        }
    }

    private static Optional<String> anyAlive(Ruleset ruleset) {
        return ruleset.flags().values().stream()
                .filter(flag -> !flag.killSwitch().engaged())
                .map(Definition::key)
                .findFirst();
    }

    private void kill(String key, Published published) throws AdminException {
        new StoreAdmin(new Stage(published.text()), "rehearsal", clock, reader).kill(key, "rehearsal");
    }

    /** A store that forgets what is written, but for getting it ready to be served. */
    private final class Stage implements DocumentStore {

        private final String text;

        Stage(String text) {
            this.text = text;
        }

        @Override
        public Stored load() {
            return new Stored(text, "");
        }

        @Override
        public Stored replace(Stored expected, String next, AuditEntry entry) throws IOException {
            byte[] utf8 = next.getBytes(StandardCharsets.UTF_8);
            try {
                var snapshot = new RulesetInForce().accept(reader.read(utf8)).after();
                return new Stored(
                        next, Published.of(utf8, snapshot, true, entry.time()).etag());
            } catch (DocumentException | RefusedException e) {
                throw new IOException(e);
            }
        }

        @Override
        public void record(AuditEntry entry) {}

        @Override
        public List<AuditEntry> audit() {
            return List.of();
        }
    }

    /** Returns what ends by itself. */
    Thread thread() {
        return thread;
    }

    /** Ends it soon. */
    @Override
    public void close() {
        closed = true;
    }
}
