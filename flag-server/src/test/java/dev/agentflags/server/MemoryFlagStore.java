package dev.agentflags.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.agentflags.admin.AuditCheck;
import dev.agentflags.admin.AuditEntry;
import dev.agentflags.admin.DocumentStore;
import dev.agentflags.admin.Stored;
import dev.agentflags.server.store.FlagStore;
import dev.agentflags.source.FlagSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** A store in memory that can be broken, emptied, stopped, and overtaken. */
final class MemoryFlagStore implements FlagStore, DocumentStore, FlagSource {

    private final List<AuditEntry> audit = new ArrayList<>();
    private final List<String> aside = new ArrayList<>();
    private String text;
    private int version;
    private FlagSource.@Nullable Listener listener;

    /** What every access fails with, or null. */
    volatile @Nullable String broken;

    /** What every access waits for, or null. */
    volatile @Nullable CountDownLatch stopped;

    /** How many replicas have every change, or null. */
    volatile @Nullable Long replicas;

    MemoryFlagStore(String text) {
        this.text = text;
    }

    /** Somebody else changes the document. Returns why it is refused, or null. */
    @Nullable
    String put(String changed) {
        synchronized (this) {
            text = changed;
            version++;
        }
        String refusal = listener().deliver(changed.getBytes(UTF_8));
        if (refusal != null) {
            listener().fail("memory: " + refusal);
        }
        return refusal;
    }

    FlagSource.Listener listener() {
        FlagSource.Listener now = listener;
        if (now == null) {
            throw new AssertionError("not started");
        }
        return now;
    }

    synchronized String text() {
        return text;
    }

    synchronized List<String> aside() {
        return List.copyOf(aside);
    }

    private void access() throws IOException {
        CountDownLatch latch = stopped;
        if (latch != null) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                throw new IOException("interrupted", e);
            }
        }
        if (broken != null) {
            throw new IOException(broken);
        }
    }

    @Override
    public Stored load() throws IOException {
        access();
        synchronized (this) {
            return new Stored(text, "v" + version);
        }
    }

    @Override
    public @Nullable Stored replace(Stored expected, String changed, AuditEntry entry) throws IOException {
        access();
        synchronized (this) {
            if (!expected.version().equals("v" + version)) {
                return null;
            }
            text = changed;
            version++;
            audit.add(entry);
            return new Stored(text, "v" + version);
        }
    }

    @Override
    public void record(AuditEntry entry) throws IOException {
        access();
        synchronized (this) {
            audit.add(entry);
        }
    }

    @Override
    public synchronized List<AuditEntry> audit() {
        return List.copyOf(audit);
    }

    @Override
    public @Nullable Long replicated() {
        return replicas;
    }

    @Override
    public synchronized AuditCheck checkAudit() {
        return new AuditCheck(audit.size(), 0, null);
    }

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public DocumentStore documents() {
        return this;
    }

    @Override
    public FlagSource changes() {
        return this;
    }

    @Override
    public synchronized String keepAside(String refused) {
        aside.add(refused);
        return "aside";
    }

    @Override
    public void start(FlagSource.Listener told) {
        listener = told;
        told.confirm();
    }

    @Override
    public void close() {}
}
