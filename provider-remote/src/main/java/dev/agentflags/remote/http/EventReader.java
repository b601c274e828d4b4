package dev.agentflags.remote.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Reads a stream of server-sent events (the WHATWG's {@code text/event-stream}) from whatever pieces it comes in. What is longer than
 * any event of ours is an error. Not safe for use by many threads.
 */
final class EventReader {

    static final int MAX_LINE = 8 * 1024;
    static final int MAX_EVENT = 64 * 1024;

    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final String DEFAULT_TYPE = "message";
    private static final int MAX_RETRY_DIGITS = 9;

    private final Sink sink;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final StringBuilder data = new StringBuilder();
    private String type = DEFAULT_TYPE;
    private boolean hasData;
    private boolean atStart = true;
    private boolean afterReturn;

    /** Is told what is read, in order. */
    interface Sink {

        /** An event is complete. */
        void event(String type, String data);

        /** A comment was read. */
        void comment();

        /** The server says how long to wait before connecting again. */
        void retry(Duration delay);
    }

    EventReader(Sink sink) {
        this.sink = sink;
    }

    /**
     * Reads the next piece.
     *
     * @throws IOException if a line or an event is too long
     */
    void read(byte[] bytes, int length) throws IOException {
        for (int i = 0; i < length; i++) {
            byte b = bytes[i];
            if (b == '\n' && afterReturn) {
                afterReturn = false; // the second half of a line break
            } else if (b == '\n' || b == '\r') {
                afterReturn = b == '\r';
                endLine();
            } else {
                afterReturn = false;
                add(b);
            }
        }
    }

    private void add(byte b) throws IOException {
        if (line.size() == MAX_LINE) {
            throw new IOException("an event's line is longer than " + MAX_LINE + " bytes");
        }
        line.write(b);
    }

    private void endLine() throws IOException {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        if (atStart && text.startsWith(BYTE_ORDER_MARK)) {
            text = text.substring(BYTE_ORDER_MARK.length());
        }
        atStart = false;
        if (text.isEmpty()) {
            endEvent();
        } else if (text.startsWith(":")) {
            sink.comment();
        } else {
            int colon = text.indexOf(':');
            String value = colon < 0 ? "" : text.substring(colon + 1);
            field(colon < 0 ? text : text.substring(0, colon), value.startsWith(" ") ? value.substring(1) : value);
        }
    }

    private void field(String name, String value) throws IOException {
        switch (name) {
            case "event" -> type = value;
            case "data" -> addData(value);
            case "retry" -> retry(value);
            default -> {} // ids are of no use to those who fetch the whole; other names are to be passed over
        }
    }

    private void addData(String value) throws IOException {
        if (hasData) {
            data.append('\n');
        }
        hasData = true;
        if (data.length() + value.length() > MAX_EVENT) {
            throw new IOException("an event is longer than " + MAX_EVENT + " characters");
        }
        data.append(value);
    }

    private void retry(String value) {
        boolean isNumber = !value.isEmpty() && value.chars().allMatch(c -> c >= '0' && c <= '9');
        if (isNumber) {
            String digits = value.length() > MAX_RETRY_DIGITS ? "9".repeat(MAX_RETRY_DIGITS) : value;
            sink.retry(Duration.ofMillis(Long.parseLong(digits)));
        }
    }

    private void endEvent() {
        String eventType = type.isEmpty() ? DEFAULT_TYPE : type;
        String eventData = data.toString();
        boolean complete = hasData;
        type = DEFAULT_TYPE;
        data.setLength(0);
        hasData = false;
        if (complete) {
            sink.event(eventType, eventData);
        }
    }
}
