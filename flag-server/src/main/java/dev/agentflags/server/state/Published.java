package dev.agentflags.server.state;

import dev.agentflags.model.Revision;
import dev.agentflags.snapshot.Snapshot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** A document as it is served: its bytes, ready to be sent, and what they mean. Immutable. */
public final class Published {

    private static final int ETAG_BYTES = 4;

    private final Body plain;
    private final Body gzip;
    private final String etag;
    private final Snapshot snapshot;
    private final boolean urgent;
    private final Instant since;

    private Published(Body plain, Body gzip, String etag, Snapshot snapshot, boolean urgent, Instant since) {
        this.plain = plain;
        this.gzip = gzip;
        this.etag = etag;
        this.snapshot = snapshot;
        this.urgent = urgent;
        this.since = since;
    }

    /**
     * Prepares a document.
     *
     * @param utf8 its bytes, not to be changed afterwards
     * @param snapshot what they mean
     * @param urgent whether it kills something that ran before
     * @param since when it was published
     */
    public static Published of(byte[] utf8, Snapshot snapshot, boolean urgent, Instant since) {
        return new Published(
                Body.of(utf8),
                Body.of(compressed(utf8)),
                etag(utf8, snapshot.ruleset().revision()),
                snapshot,
                urgent,
                since);
    }

    /**
     * Returns the ETag of a document: its serial, if it has one, and the beginning of its hash.
     *
     * @param utf8 its bytes
     */
    static String etag(byte[] utf8, @Nullable Revision revision) {
        String hash = HexFormat.of().formatHex(sha256(utf8), 0, ETAG_BYTES);
        return revision == null ? "\"" + hash + "\"" : "\"" + revision.serial() + "-" + hash + "\"";
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    private static byte[] compressed(byte[] utf8) {
        var bytes = new ByteArrayOutputStream(utf8.length / 4 + 64);
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(utf8);
        } catch (IOException e) {
            throw new UncheckedIOException("writing into memory", e);
        }
        return bytes.toByteArray();
    }

    /**
     * The bytes of an answer.
     *
     * @param bytes not to be changed
     * @param digest of the bytes, as {@code Content-Digest} has it
     */
    @SuppressWarnings("ArrayRecordComponent") // to compare bodies is to compare digests; nobody does
    public record Body(byte[] bytes, String digest) {

        static Body of(byte[] bytes) {
            return new Body(bytes, "sha-256=:" + Base64.getEncoder().encodeToString(sha256(bytes)) + ":");
        }
    }

    /** Returns the document's bytes. */
    public Body plain() {
        return plain;
    }

    /** Returns the document's bytes, compressed. */
    public Body gzip() {
        return gzip;
    }

    /** Returns the ETag, with its quotes. */
    public String etag() {
        return etag;
    }

    /** Returns what the document says, and the evaluator of it. */
    public Snapshot snapshot() {
        return snapshot;
    }

    /** Returns the document's revision, or null where it has none. */
    public @Nullable Revision revision() {
        return snapshot.ruleset().revision();
    }

    /** Returns the document's serial, or null where it has none. */
    public @Nullable Long serial() {
        return snapshot.ruleset().serial();
    }

    /** Whether it kills something that ran before, so that nobody should wait before fetching it. */
    public boolean isUrgent() {
        return urgent;
    }

    /** Returns when it was published. */
    public Instant since() {
        return since;
    }

    /** Returns the document as text. */
    public String text() {
        return new String(plain.bytes(), StandardCharsets.UTF_8);
    }

    /** Whether these are its bytes. */
    boolean has(byte[] utf8) {
        return Arrays.equals(plain.bytes(), utf8);
    }
}
