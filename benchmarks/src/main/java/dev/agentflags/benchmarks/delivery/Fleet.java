package dev.agentflags.benchmarks.delivery;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;

/** Many subscribers in one thread. */
final class Fleet implements AutoCloseable {

    private static final int BATCH = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final InetSocketAddress server;
    private final Selector selector = Selector.open();
    private final List<Subscriber> subscribers = new ArrayList<>();
    private final List<SocketChannel> stalled = new ArrayList<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(64 * 1024);

    Fleet(URI server) throws IOException {
        this.server = new InetSocketAddress(server.getHost(), server.getPort());
    }

    /** Connects subscribers until there are so many, and waits until each holds a document of this serial. */
    void grow(int size, long serial) throws IOException, TimeoutException {
        while (subscribers.size() < size) {
            int target = Math.min(size, subscribers.size() + BATCH);
            while (subscribers.size() < target) {
                subscribers.add(Subscriber.connect(server, selector));
            }
            await(serial);
        }
    }

    /** Connects some who ask for the events and never read one. */
    void stall(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            SocketChannel channel = SocketChannel.open();
            channel.setOption(java.net.StandardSocketOptions.SO_RCVBUF, 1024);
            channel.connect(server);
            String host = server.getHostString() + ":" + server.getPort();
            channel.write(ByteBuffer.wrap(
                    ("GET /ofrep/v1/sse HTTP/1.1\r\nHost: " + host + "\r\nAccept: text/event-stream\r\n\r\n")
                            .getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
            stalled.add(channel);
        }
    }

    /** Reads until everyone holds a document of this serial, or a later one. */
    void await(long serial) throws IOException, TimeoutException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        long waiting = behind(serial);
        while (waiting > 0) {
            selector.select(
                    key -> {
                        Subscriber subscriber = (Subscriber) key.attachment();
                        try {
                            subscriber.read((SocketChannel) key.channel(), buffer);
                        } catch (IOException e) {
                            throw new java.io.UncheckedIOException(e);
                        }
                    },
                    1000);
            waiting = behind(serial);
            if (System.nanoTime() - deadline > 0) {
                throw new TimeoutException(waiting + " subscribers are behind serial " + serial);
            }
        }
    }

    private long behind(long serial) {
        long behind = 0;
        for (Subscriber subscriber : subscribers) {
            if (!subscriber.holds(serial)) {
                behind++;
            }
        }
        return behind;
    }

    /** Returns how long after a moment each had its last event, in nanoseconds. */
    double[] announcedAfter(long start) {
        return subscribers.stream()
                .mapToDouble(subscriber -> subscriber.announcedAt() - start)
                .toArray();
    }

    /** Returns how long after a moment each had its document, in nanoseconds. */
    double[] heldAfter(long start) {
        return subscribers.stream()
                .mapToDouble(subscriber -> subscriber.heldAt() - start)
                .toArray();
    }

    int size() {
        return subscribers.size();
    }

    @Override
    public void close() throws IOException {
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        for (SocketChannel channel : stalled) {
            channel.close();
        }
        selector.close();
    }
}
