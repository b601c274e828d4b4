package dev.agentflags.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The lines of a stream of UTF-8, one at a time, in constant memory. Not safe for use by many threads. */
final class Lines {

    /** Longer than any context that somebody would send. */
    static final int MAX_LINE_BYTES = 1024 * 1024;

    private static final int BUFFER_BYTES = 64 * 1024;
    private static final char REPLACEMENT = '\uFFFD';
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final InputStream in;
    private byte[] buffer = new byte[BUFFER_BYTES];
    private int start;
    private int end;
    private long bytes;
    private long number;

    Lines(InputStream in) {
        this.in = in;
    }

    /**
     * Returns the next line, without its end, or null after the last.
     *
     * @throws CharacterCodingException if it is not UTF-8
     * @throws IOException if it cannot be read, or is too long
     */
    @Nullable
    String next() throws IOException {
        int from = start;
        while (true) {
            for (int i = from; i < end; i++) {
                if (buffer[i] == '\n') {
                    return line(i, i + 1);
                }
            }
            from = end - start;
            if (!fill()) {
                return start == end ? null : line(end, end);
            }
        }
    }

    /** Reads more behind what is left, moved to the front; returns false at the end of the stream. */
    private boolean fill() throws IOException {
        if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, end - start);
            end -= start;
            start = 0;
        }
        if (end == MAX_LINE_BYTES) {
            throw new IOException("expected a line of at most %d bytes".formatted(MAX_LINE_BYTES));
        }
        if (end == buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.min(buffer.length * 2, MAX_LINE_BYTES));
        }
        int read = in.read(buffer, end, buffer.length - end);
        end += Math.max(read, 0);
        return read >= 0;
    }

    private String line(int lineEnd, int next) throws CharacterCodingException {
        number++;
        bytes += next - start;
        int length = lineEnd - start;
        if (length > 0 && buffer[lineEnd - 1] == '\r') {
            length--;
        }
        String line = decode(length);
        start = next;
        return number == 1 && line.startsWith(BYTE_ORDER_MARK) ? line.substring(1) : line;
    }

    /** Decodes in the fast way, which replaces what is wrong, and in the strict one where it seems to have done that. */
    private String decode(int length) throws CharacterCodingException {
        String line = new String(buffer, start, length, StandardCharsets.UTF_8);
        return line.indexOf(REPLACEMENT) < 0
                ? line
                : StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(buffer, start, length))
                        .toString();
    }

    /** Returns the number of the line that was returned last, from 1. */
    long number() {
        return number;
    }

    /** Returns how many bytes the lines had that were returned so far. */
    long bytes() {
        return bytes;
    }
}
