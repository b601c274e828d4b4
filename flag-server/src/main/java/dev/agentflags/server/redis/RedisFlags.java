package dev.agentflags.server.redis;

import dev.agentflags.admin.AuditCheck;
import dev.agentflags.admin.AuditEntry;
import dev.agentflags.admin.DocumentStore;
import dev.agentflags.document.DocumentEditor;
import dev.agentflags.document.DocumentException;
import dev.agentflags.document.DocumentReader;
import dev.agentflags.file.AuditChain;
import dev.agentflags.model.FlagValue;
import dev.agentflags.model.Ruleset;
import dev.agentflags.server.redis.UnfitRedisException.Lack;
import dev.agentflags.source.FlagSource;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * The document that one flag set has on Redis: a store that changes it and sources that tell of changes. What they have seen they
 * share, so that a Redis that has lost something is given it back. Safe for use by many threads; any number of processes may have
 * the same document open.
 */
public final class RedisFlags implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RedisFlags.class);

    private final RedisOptions options;
    private final InstantSource clock;
    private final Newest newest = new Newest();
    private final Link link;
    private final RedisDocument document;
    private final RedisStore store;

    /** Makes one without looking at Redis. */
    RedisFlags(RedisOptions options, InstantSource clock) {
        this.options = options;
        this.clock = clock;
        this.link = new PooledLink(options.toString(), options.address(), options.clientConfig(0));
        this.document = new RedisDocument(link, options.flagSet(), options.replicas());
        this.store = new RedisStore(options.toString(), document, newest, clock);
    }

    /**
     * Opens a document.
     *
     * @throws IOException if Redis cannot be reached, does not keep what is written or has no document, and the options do not
     *     allow that
     */
    public static RedisFlags open(RedisOptions options) throws IOException {
        var flags = new RedisFlags(options, Clock.systemUTC());
        try {
            flags.requirePersistence();
            flags.begin();
            flags.store.current();
            return flags;
        } catch (IOException | RuntimeException e) {
            flags.close();
            throw e;
        }
    }

    private void requirePersistence() throws IOException {
        Persistence persistence = Persistence.read(link.call(jedis -> {
            try {
                return jedis.info("replication") + jedis.info("persistence") + jedis.info("memory");
            } catch (JedisDataException e) {
                LOG.debug("{}: INFO is refused", options, e);
                return ""; // told as "does not say"
            }
        }));
        String refusal = persistence.refusal(options.allowVolatile());
        if (refusal != null) {
            throw new UnfitRedisException(Lack.PERSISTENCE, options + ": " + refusal);
        }
        if (!Boolean.TRUE.equals(persistence.appendOnly())) {
            LOG.warn("{}: append-only persistence is off there; what is written may be lost when Redis stops", options);
        }
        if (persistence.mayEvict()) {
            LOG.warn(
                    "{}: may forget any key when memory runs out ({}); set \"maxmemory-policy noeviction\" there",
                    options,
                    persistence.eviction());
        }
        String notLoaded = document.notLoadedBack();
        if (notLoaded != null) {
            LOG.warn(
                    "{}: many versions of Redis do not load this back when they restart, since their default user may not write it ({}); "
                            + "give it the right to, which it need not be able to log in for: user default off ~{{}}:* +hset +set +xadd",
                    options,
                    notLoaded,
                    options.flagSet());
        }
    }

    /** Writes the first document, where there is none. */
    private void begin() throws IOException {
        RedisDocument.Found found = document.read(null);
        if (found.kept() != null) {
            return;
        }
        String seed = options.seed();
        if (seed == null) {
            throw new UnfitRedisException(
                    Lack.DOCUMENT,
                    options
                            + ": there is no document; if there never was one, name one to begin with, otherwise bring back what was lost");
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        try {
            String text = revised(seed);
            Long serial = DocumentReader.read(text).orThrow().ruleset().serial();
            var entry = new AuditEntry(now, "store", "begin", null, "there was no document", null, null, serial);
            document.write(found.version(), text, entry); // or else another server has begun, which is as good
        } catch (DocumentException e) {
            throw new IOException("the document to begin with is refused: " + e.getMessage(), e);
        }
    }

    /** Returns a document with lineage and serial, by which readers know old from new. */
    private static String revised(String seed) throws DocumentException {
        Ruleset ruleset = DocumentReader.read(seed).ruleset();
        DocumentEditor editor = DocumentEditor.ofReadable(seed);
        if (ruleset.revision() == null || ruleset.revision().lineage() == null) {
            editor.setRoot("lineage", new FlagValue.Text(UUID.randomUUID().toString()));
        }
        if (ruleset.revision() == null) {
            editor.setRoot("serial", new FlagValue.Whole(1));
        }
        return editor.text();
    }

    /** Returns the store. */
    public DocumentStore store() {
        return store;
    }

    /**
     * Keeps a text beside the document.
     *
     * @return where
     * @throws IOException if it cannot be kept
     */
    String keepAside(String text) throws IOException {
        return document.keepAside(text);
    }

    /**
     * Looks whether every line of the audit trail follows the one before it.
     *
     * @throws IOException if it cannot be read
     */
    public AuditCheck checkAudit() throws IOException {
        return AuditChain.check(document.lines());
    }

    /** Returns what would keep Redis from loading this back when it restarts, or null. */
    @Nullable
    String notLoadedBack() throws IOException {
        return document.notLoadedBack();
    }

    /** Returns how many replicas had the last change when it was reported done, or null where none are waited for. */
    public @Nullable Long replicated() {
        return document.replicated();
    }

    /**
     * Returns a source, not started, over a connection of its own.
     *
     * @param name the beginning of its thread's name
     */
    public FlagSource source(String name) {
        var own =
                new OwnLink(options.toString(), options.address(), options.clientConfig(RedisSource.LOOK_EVERY_MILLIS));
        var ownDocument = new RedisDocument(own, options.flagSet(), options.replicas());
        return new RedisSource(name, own, new RedisStore(options.toString(), ownDocument, newest, clock), ownDocument);
    }

    /** Closes the store's connections. Sources are closed by those who have started them. */
    @Override
    public void close() {
        link.close();
    }
}
