package dev.agentflags.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The bytes of a document file at one moment, and their version. Immutable. */
final class Contents {

    /** What a reader of documents takes at most; nothing larger is read into memory. */
    static final int MAX_BYTES = 8 * 1024 * 1024;

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final byte[] utf8;
    private final String version;

    private Contents(byte[] utf8) {
        this.utf8 = utf8;
        this.version = sha256(utf8);
    }

    static Contents of(String text) {
        return new Contents(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Reads a file. May be interrupted.
     *
     * @throws IOException if it is missing, unreadable, too large, or not a regular file; {@link Failure#describe} tells which
     */
    static Contents read(Path file) throws IOException {
        if (!Files.isRegularFile(file) && Files.exists(file)) {
            throw new FileSystemException(file.toString(), null, "expected a regular file, found something else");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] utf8 = in.readNBytes(MAX_BYTES + 1);
            if (utf8.length > MAX_BYTES) {
                throw new FileSystemException(
                        file.toString(), null, "expected at most %,d bytes, found more".formatted(MAX_BYTES));
            }
            return new Contents(utf8);
        }
    }

    /** Returns a SHA-256 in hexadecimal. */
    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    /** Returns the bytes, not to be changed. */
    byte[] utf8() {
        return utf8;
    }

    /** Returns the SHA-256 of the bytes, in hexadecimal. */
    String version() {
        return version;
    }

    /**
     * Returns the text without a byte order mark.
     *
     * @throws CharacterCodingException if the bytes are not UTF-8
     */
    String text() throws CharacterCodingException {
        String text = StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(utf8))
                .toString();
        return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    }
}
