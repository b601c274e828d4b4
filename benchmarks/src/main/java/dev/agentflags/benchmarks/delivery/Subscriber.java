package dev.agentflags.benchmarks.delivery;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One who follows a server as a provider does, at the least cost: a stream of events and a connection to fetch documents with. It
 * counts what it gets and keeps nothing. Used by one thread.
 */
final class Subscriber {

    private static final Pattern SERIAL = Pattern.compile("\"serial\":(\\d+)");
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: (\\d+)\r\n");
    private static final Pattern ETAG = Pattern.compile("(?i)\r\netag: \"(\\d+)-");
    private static final String END_OF_HEAD = "\r\n\r\n";

    private final String host;
    private final SocketChannel stream;
    private final SocketChannel fetch;
    private final StringBuilder events = new StringBuilder();
    private final StringBuilder head = new StringBuilder();
    private long bodyLeft;
    private long fetching = -1;

    private long announced = -1;
    private long announcedAt;
    private long held = -1;
    private long heldAt;

    private Subscriber(String host, SocketChannel stream, SocketChannel fetch) {
        this.host = host;
        this.stream = stream;
        this.fetch = fetch;
    }

    /** Connects, and asks for the events. */
    static Subscriber connect(InetSocketAddress server, Selector selector) throws IOException {
        String host = server.getHostString() + ":" + server.getPort();
        SocketChannel stream = SocketChannel.open(server);
        SocketChannel fetch = SocketChannel.open(server);
        var subscriber = new Subscriber(host, stream, fetch);
        write(stream, "GET /ofrep/v1/sse HTTP/1.1\r\nHost: " + host + "\r\nAccept: text/event-stream\r\n\r\n");
        stream.configureBlocking(false);
        fetch.configureBlocking(false);
        stream.register(selector, SelectionKey.OP_READ, subscriber);
        fetch.register(selector, SelectionKey.OP_READ, subscriber);
        return subscriber;
    }

    private static void write(SocketChannel channel, String request) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** Reads what has come on one of the two connections. */
    void read(SocketChannel from, ByteBuffer buffer) throws IOException {
        buffer.clear();
        int count = from.read(buffer);
        if (count < 0) {
            throw new IOException("the server closed the connection");
        }
        buffer.flip();
        if (from == stream) {
            event(buffer);
        } else {
            document(buffer);
        }
    }

    private void event(ByteBuffer buffer) throws IOException {
        events.append(StandardCharsets.US_ASCII.decode(buffer));
        int end = events.lastIndexOf("\n\n");
        if (end < 0) {
            return;
        }
        Matcher matcher = SERIAL.matcher(events.substring(0, end));
        while (matcher.find()) {
            announced = Long.parseLong(matcher.group(1));
            announcedAt = System.nanoTime();
        }
        events.delete(0, end + 2);
        fetchIfBehind();
    }

    private void fetchIfBehind() throws IOException {
        if (fetching < 0 && held < announced) {
            fetching = announced;
            write(fetch, "GET /v1/document HTTP/1.1\r\nHost: " + host + "\r\nAccept-Encoding: gzip\r\n\r\n");
        }
    }

    private void document(ByteBuffer buffer) throws IOException {
        if (bodyLeft == 0) {
            head.append(StandardCharsets.ISO_8859_1.decode(buffer));
            int end = head.indexOf(END_OF_HEAD);
            if (end < 0) {
                return;
            }
            String headers = head.substring(0, end + 2);
            bodyLeft = number(LENGTH, headers) - (head.length() - end - END_OF_HEAD.length());
            fetching = number(ETAG, headers);
            head.setLength(0);
        } else {
            bodyLeft -= buffer.remaining();
        }
        if (bodyLeft == 0) {
            held = fetching;
            heldAt = System.nanoTime();
            fetching = -1;
            fetchIfBehind();
        }
    }

    private static long number(Pattern pattern, String headers) throws IOException {
        Matcher matcher = pattern.matcher(headers);
        if (!matcher.find()) {
            throw new IOException("no " + pattern + " in " + headers);
        }
        return Long.parseLong(matcher.group(1));
    }

    /** Whether this one has fetched a document of this serial or a later one. */
    boolean holds(long serial) {
        return held >= serial;
    }

    /** When the last event came, as {@link System#nanoTime} has it. */
    long announcedAt() {
        return announcedAt;
    }

    /** When the last document had come, as {@link System#nanoTime} has it. */
    long heldAt() {
        return heldAt;
    }
}
