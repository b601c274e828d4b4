package dev.agentflags.admin;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A store in memory, whose writer can be overtaken or broken by a test. */
public final class MemoryStore implements DocumentStore {

    private final List<AuditEntry> audit = new ArrayList<>();
    private String text;
    private int version;

    /** Run before the next replacement, once. */
    public @Nullable Runnable overtaken;

    /** Whether it cannot be read. */
    public boolean broken;

    /** Makes a store of a document, with single quotes for double ones. */
    public MemoryStore(String json) {
        this.text = json.replace('\'', '"');
    }

    /** Changes the document as a person with an editor does. */
    public synchronized void edit(String from, String to) {
        text = text.replace(from.replace('\'', '"'), to.replace('\'', '"'));
        version++;
    }

    @Override
    public synchronized Stored load() throws IOException {
        if (broken) {
            throw new IOException("the disk is gone");
        }
        return new Stored(text, "v" + version);
    }

    @Override
    public synchronized @Nullable Stored replace(Stored expected, String text, AuditEntry entry) {
        Runnable other = overtaken;
        overtaken = null;
        if (other != null) {
            other.run();
        }
        if (!expected.version().equals("v" + version)) {
            return null;
        }
        this.text = text;
        version++;
        audit.add(entry);
        return new Stored(text, "v" + version);
    }

    @Override
    public synchronized void record(AuditEntry entry) {
        audit.add(entry);
    }

    @Override
    public synchronized List<AuditEntry> audit() {
        return List.copyOf(audit);
    }
}
