package dev.agentflags.server.incident;

import dev.agentflags.admin.AuditCheck;
import dev.agentflags.admin.AuditEntry;
import dev.agentflags.admin.DocumentStore;
import dev.agentflags.admin.Stored;
import dev.agentflags.server.store.FlagStore;
import dev.agentflags.source.FlagSource;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A store that cannot write changes of some flags. */
final class FailingStore implements FlagStore, DocumentStore {

    /** The keys of those flags. */
    final Set<String> failing = ConcurrentHashMap.newKeySet();

    private final FlagStore store;

    FailingStore(FlagStore store) {
        this.store = store;
    }

    @Override
    public @Nullable Stored replace(Stored expected, String text, AuditEntry entry) throws IOException {
        String key = entry.flag();
        if (key != null && failing.contains(key)) {
            throw new IOException("the disk is full");
        }
        return store.documents().replace(expected, text, entry);
    }

    @Override
    public Stored load() throws IOException {
        return store.documents().load();
    }

    @Override
    public void record(AuditEntry entry) throws IOException {
        store.documents().record(entry);
    }

    @Override
    public List<AuditEntry> audit() throws IOException {
        return store.documents().audit();
    }

    @Override
    public String name() {
        return store.name();
    }

    @Override
    public DocumentStore documents() {
        return this;
    }

    @Override
    public FlagSource changes() {
        return store.changes();
    }

    @Override
    public AuditCheck checkAudit() throws IOException {
        return store.checkAudit();
    }

    @Override
    public String keepAside(String text) throws IOException {
        return store.keepAside(text);
    }
}
