package dev.agentflags.server.redis;

import dev.agentflags.admin.AuditEntry;
import dev.agentflags.document.DocumentException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Response;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.Transaction;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.params.XReadParams;
import redis.clients.jedis.resps.StreamEntry;

/**
 * The three keys of one document, all in one hash slot: {@code {name}:meta} with its version, {@code {name}:doc} with its text, and
 * the stream {@code {name}:audit}, which is audit trail and change feed. Safe for use by as many threads as its link is.
 */
final class RedisDocument {

    private static final Logger LOG = LoggerFactory.getLogger(RedisDocument.class);
    private static final Script COMMIT = Script.read("commit.lua");
    private static final Script RECORD = Script.read("record.lua");

    /** How long a kill waits for replicas. */
    private static final int KILL_TIMEOUT_MILLIS = 200;

    /** How long any other change waits for replicas: many of them must not hold up a kill behind them. */
    private static final int CHANGE_TIMEOUT_MILLIS = 20;

    private static final int PAGE = 1_000;

    /** Whose rights an append-only file is loaded with. */
    private static final String LOADER = "default";

    private final Link link;
    private final String meta;
    private final String doc;
    private final String audit;
    private final int replicas;

    private volatile @Nullable Long replicated;

    /** The link that the audit trail ended with when it was last seen; another may have added to it since. */
    private volatile String tail = "";

    /**
     * Names the keys of a document.
     *
     * @param replicas how many are waited for after a change
     */
    RedisDocument(Link link, String flagSet, int replicas) {
        this.link = link;
        this.meta = "{" + flagSet + "}:meta";
        this.doc = "{" + flagSet + "}:doc";
        this.audit = "{" + flagSet + "}:audit";
        this.replicas = replicas;
    }

    /**
     * What was found.
     *
     * @param kept the document, or null if there is none
     * @param version to be expected by the next write; empty if there is none
     * @param follows whether the document that was known before is part of this one's history
     */
    record Found(@Nullable Kept kept, String version, boolean follows) {}

    /**
     * Reads the document.
     *
     * @param known the newest that was seen before, or null
     */
    Found read(@Nullable Kept known) throws IOException {
        String id = known == null ? "" : known.id();
        return link.call(jedis -> {
            Transaction transaction = jedis.multi();
            Response<List<String>> head = transaction.hmget(meta, "version", "id", "link");
            Response<String> text = transaction.get(doc);
            Response<List<StreamEntry>> entry = id.isEmpty() ? null : transaction.xrange(audit, id, id);
            transaction.exec();
            String version = Objects.requireNonNullElse(head.get().get(0), "");
            tail = Objects.requireNonNullElse(head.get().get(2), "");
            Kept kept = version.isEmpty() || text.get() == null
                    ? null
                    : new Kept(
                            text.get(),
                            version,
                            Objects.requireNonNullElse(head.get().get(1), ""));
            boolean follows = known == null || (entry != null && wrote(known, entry));
            return new Found(kept, version, follows);
        });
    }

    /** A trail that cannot be read tells nothing, and must not hold up a kill. */
    private boolean wrote(Kept known, Response<List<StreamEntry>> entries) {
        try {
            return entries.get().stream()
                    .anyMatch(entry -> known.version().equals(entry.getFields().get("document")));
        } catch (JedisDataException e) {
            LOG.debug("{}: cannot be read", audit, e);
            return false;
        }
    }

    /**
     * Returns what would keep Redis from loading back what is written here when it restarts; null where nothing would, or it does not
     * say.
     *
     * <p>What a script wrote is a transaction in the append-only file, and many versions load those with the rights of the default user:
     * what that one may not do, they pass over. It need not be able to log in.
     */
    @Nullable
    String notLoadedBack() throws IOException {
        return link.call(jedis -> {
            try {
                return Stream.of(
                                jedis.aclDryRun(LOADER, "HSET", meta, "version", ""),
                                jedis.aclDryRun(LOADER, "SET", doc, ""),
                                jedis.aclDryRun(LOADER, "XADD", audit, "*", "entry", ""))
                        .filter(answer -> !answer.equals("OK"))
                        .findFirst()
                        .orElse(null);
            } catch (JedisDataException e) {
                LOG.debug("{}: ACL DRYRUN is refused, or not known", doc, e);
                return null;
            }
        });
    }

    /** Returns the version only; empty if there is no document. */
    String version() throws IOException {
        return link.call(jedis -> Objects.requireNonNullElse(jedis.hget(meta, "version"), ""));
    }

    /**
     * Replaces the document, if it still has the version that was expected.
     *
     * @param expected empty for no document
     * @return what is kept now, or null if somebody else was first
     */
    @Nullable
    Kept write(String expected, String text, AuditEntry entry) throws IOException {
        String version = Kept.versionOf(text);
        while (true) {
            Line line = Line.of(entry, expected, version, tail);
            List<?> answer = link.call(new Commit(expected, version, text, line, entry));
            String found = (String) answer.get(1);
            if (answer.get(0).equals(0L)) {
                return null;
            }
            if (answer.get(0).equals(1L)) {
                return written(text, version, found, line);
            }
            tail = found; // somebody has added to the trail since
        }
    }

    private Kept written(String text, String version, String id, Line line) {
        if (id.isEmpty()) {
            LOG.warn("{}: cannot be written, the kill is done without it", audit);
        } else {
            tail = line.link();
        }
        return new Kept(text, version, id);
    }

    /** Runs the script; may be run again on another connection. */
    private final class Commit implements Function<Jedis, List<?>> {

        private final String expected;
        private final String version;
        private final String text;
        private final Line line;
        private final AuditEntry entry;
        private boolean again;

        Commit(String expected, String version, String text, Line line, AuditEntry entry) {
            this.expected = expected;
            this.version = version;
            this.text = text;
            this.line = line;
            this.entry = entry;
        }

        @Override
        public List<?> apply(Jedis jedis) {
            List<String> arguments = List.of(
                    expected, version, text, line.text(), entry.isKill() ? "kill" : "", line.tail(), line.link());
            List<?> answer = (List<?>) COMMIT.run(jedis, List.of(meta, doc, audit), arguments);
            boolean wasDone = again && answer.get(0).equals(0L) && answer.get(1).equals(version);
            again = true; // what was sent on a connection that died then may have been done
            if ((wasDone || answer.get(0).equals(1L)) && replicas > 0) {
                awaitReplicas(jedis, entry);
            }
            return wasDone ? List.of(1L, id(jedis)) : answer;
        }
    }

    private String id(Jedis jedis) {
        return Objects.requireNonNullElse(jedis.hget(meta, "id"), "");
    }

    /** A kill that a failover would lose is worth a moment. A change is done all the same where no replica answers. */
    private void awaitReplicas(Jedis jedis, AuditEntry entry) {
        int timeout = entry.isKill() ? KILL_TIMEOUT_MILLIS : CHANGE_TIMEOUT_MILLIS;
        long confirmed = jedis.waitReplicas(replicas, timeout);
        replicated = confirmed;
        if (confirmed < replicas && entry.isKill()) {
            LOG.warn(
                    "{}: serial {} is on {} of {} replicas after {} ms; a failover now could lose it",
                    doc,
                    entry.serial(),
                    confirmed,
                    replicas,
                    timeout);
        }
    }

    /** Returns how many replicas had the last change in time, or null where none were waited for. */
    @Nullable
    Long replicated() {
        return replicated;
    }

    /** Keeps a text beside the document, and returns where. */
    String keepAside(String text) throws IOException {
        String key = doc + ".refused";
        link.call(jedis -> jedis.set(key, text));
        return key;
    }

    /** Adds an entry about something that changed nothing. */
    void record(AuditEntry entry) throws IOException {
        while (true) {
            Line line = Line.of(entry, tail);
            List<String> arguments = List.of(line.text(), line.tail(), line.link());
            tail = link.call(jedis -> (String) RECORD.run(jedis, List.of(meta, audit), arguments));
            if (tail.equals(line.link())) {
                return;
            }
        }
    }

    /** Returns all audit entries, oldest first. */
    List<AuditEntry> entries() throws IOException {
        List<AuditEntry> entries = new ArrayList<>();
        for (StreamEntry entry : trail()) {
            entries.add(entry(entry));
        }
        return entries;
    }

    /** Returns all lines of the audit trail, oldest first. */
    List<String> lines() throws IOException {
        return trail().stream().map(RedisDocument::line).toList();
    }

    private List<StreamEntry> trail() throws IOException {
        List<StreamEntry> entries = new ArrayList<>();
        String from = "-";
        while (true) {
            String start = from;
            List<StreamEntry> page = link.call(jedis -> jedis.xrange(audit, start, "+", PAGE));
            entries.addAll(page);
            if (page.size() < PAGE) {
                return entries;
            }
            from = after(page.get(page.size() - 1).getID());
        }
    }

    private static String line(StreamEntry entry) {
        return entry.getFields().getOrDefault("entry", "");
    }

    private static String after(StreamEntryID id) {
        return new StreamEntryID(id.getTime(), id.getSequence() + 1).toString();
    }

    private AuditEntry entry(StreamEntry entry) throws IOException {
        try {
            return AuditEntry.fromJson(line(entry));
        } catch (DocumentException | IllegalArgumentException e) {
            throw new IOException(audit + " " + entry.getID() + ": expected an audit entry: " + e.getMessage(), e);
        }
    }

    /**
     * Waits until something is added to the audit trail.
     *
     * @param after id of the last entry that is known, or empty for any
     * @return the id of the last entry that was added, or null if there was none in time
     */
    @Nullable
    String await(String after, int atMostMillis) throws IOException {
        var from = after.isEmpty() ? StreamEntryID.XREAD_NEW_ENTRY : new StreamEntryID(after);
        var params = XReadParams.xReadParams().count(PAGE).block(atMostMillis);
        var answer = link.call(jedis -> jedis.xread(params, Map.of(audit, from)));
        if (answer == null || answer.isEmpty()) {
            return null;
        }
        List<StreamEntry> entries = answer.get(0).getValue();
        return entries.get(entries.size() - 1).getID().toString();
    }
}
