package dev.agentflags.server.redis;

import dev.agentflags.admin.AuditEntry;
import dev.agentflags.document.DocumentException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Response;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.Transaction;
import redis.clients.jedis.exceptions.JedisNoScriptException;
import redis.clients.jedis.params.XReadParams;
import redis.clients.jedis.resps.StreamEntry;

/**
 * The three keys of one document, all in one hash slot: {@code {name}:meta} with its version, {@code {name}:doc} with its text, and
 * the stream {@code {name}:audit}, which is audit trail and change feed. Safe for use by as many threads as its link is.
 */
final class RedisDocument {

    private static final Logger LOG = LoggerFactory.getLogger(RedisDocument.class);
    private static final Script COMMIT = Script.read("commit.lua");
    private static final int REPLICA_TIMEOUT_MILLIS = 200;
    private static final int PAGE = 1_000;

    private final Link link;
    private final String meta;
    private final String doc;
    private final String audit;
    private final int replicas;

    private volatile @Nullable Long replicasOfLastKill;

    /**
     * Names the keys of a document.
     *
     * @param replicas how many are waited for after a kill
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
            Response<List<String>> head = transaction.hmget(meta, "version", "id");
            Response<String> text = transaction.get(doc);
            Response<List<StreamEntry>> entry = id.isEmpty() ? null : transaction.xrange(audit, id, id);
            transaction.exec();
            String version = Objects.requireNonNullElse(head.get().get(0), "");
            Kept kept = version.isEmpty() || text.get() == null
                    ? null
                    : new Kept(
                            text.get(),
                            version,
                            Objects.requireNonNullElse(head.get().get(1), ""));
            boolean follows = known == null || (entry != null && wrote(known, entry.get()));
            return new Found(kept, version, follows);
        });
    }

    private static boolean wrote(Kept known, List<StreamEntry> entries) {
        return entries.stream()
                .anyMatch(entry -> known.version().equals(entry.getFields().get("document")));
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
        List<String> keys = List.of(meta, doc, audit);
        List<String> arguments = List.of(expected, version, text, entry.toJson(), entry.isKill() ? "kill" : "");
        var commit = new Function<Jedis, List<?>>() {
            private boolean again;

            @Override
            public List<?> apply(Jedis jedis) {
                List<?> answer = (List<?>) COMMIT.run(jedis, keys, arguments);
                boolean done =
                        answer.get(0).equals(1L) || (again && answer.get(1).equals(version));
                again = true; // what was sent on a connection that died then may have been done
                if (done && entry.isKill() && replicas > 0) {
                    awaitReplicas(jedis, entry);
                }
                return done ? List.of(1L, answer.get(0).equals(1L) ? answer.get(1) : id(jedis)) : answer;
            }
        };
        List<?> answer = link.call(commit);
        if (answer.get(0).equals(0L)) {
            return null;
        }
        String id = (String) answer.get(1);
        if (id.isEmpty()) {
            LOG.warn("{}: cannot be written, the kill is done without it", audit);
        }
        return new Kept(text, version, id);
    }

    private String id(Jedis jedis) {
        return Objects.requireNonNullElse(jedis.hget(meta, "id"), "");
    }

    /** A kill that a failover would lose is worth a moment. It is done all the same where no replica answers. */
    private void awaitReplicas(Jedis jedis, AuditEntry entry) {
        long confirmed = jedis.waitReplicas(replicas, REPLICA_TIMEOUT_MILLIS);
        replicasOfLastKill = confirmed;
        if (confirmed < replicas) {
            LOG.warn(
                    "{}: serial {} is on {} of {} replicas after {} ms; a failover now could lose it",
                    doc,
                    entry.serial(),
                    confirmed,
                    replicas,
                    REPLICA_TIMEOUT_MILLIS);
        }
    }

    /** Returns how many replicas had the last kill in time, or null where none were waited for. */
    @Nullable
    Long replicasOfLastKill() {
        return replicasOfLastKill;
    }

    /** Keeps a text beside the document, and returns where. */
    String keepAside(String text) throws IOException {
        String key = doc + ".refused";
        link.call(jedis -> jedis.set(key, text));
        return key;
    }

    /** Adds an entry about something that changed nothing. */
    void record(AuditEntry entry) throws IOException {
        link.call(jedis -> jedis.xadd(audit, StreamEntryID.NEW_ENTRY, Map.of("entry", entry.toJson())));
    }

    /** Returns all audit entries, oldest first. */
    List<AuditEntry> entries() throws IOException {
        List<AuditEntry> entries = new ArrayList<>();
        String from = "-";
        while (true) {
            String start = from;
            List<StreamEntry> page = link.call(jedis -> jedis.xrange(audit, start, "+", PAGE));
            for (StreamEntry entry : page) {
                entries.add(entry(entry));
            }
            if (page.size() < PAGE) {
                return entries;
            }
            from = after(page.get(page.size() - 1).getID());
        }
    }

    private static String after(StreamEntryID id) {
        return new StreamEntryID(id.getTime(), id.getSequence() + 1).toString();
    }

    private AuditEntry entry(StreamEntry entry) throws IOException {
        try {
            return AuditEntry.fromJson(entry.getFields().getOrDefault("entry", ""));
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

    /** A script, run by its digest, and sent whole only where Redis does not know it. Immutable. */
    record Script(String text, String sha1) {

        static Script read(String resource) {
            try (InputStream in = Objects.requireNonNull(RedisDocument.class.getResourceAsStream(resource))) {
                byte[] bytes = in.readAllBytes();
                var digest = MessageDigest.getInstance("SHA-1").digest(bytes);
                return new Script(
                        new String(bytes, StandardCharsets.UTF_8),
                        HexFormat.of().formatHex(digest));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (NoSuchAlgorithmException e) {
                throw new AssertionError("every Java platform has SHA-1", e);
            }
        }

        Object run(Jedis jedis, List<String> keys, List<String> arguments) {
            try {
                return jedis.evalsha(sha1, keys, arguments);
            } catch (JedisNoScriptException e) {
                return jedis.eval(text, keys, arguments);
            }
        }
    }
}
