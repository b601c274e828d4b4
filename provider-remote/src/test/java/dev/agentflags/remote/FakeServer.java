package dev.agentflags.remote;

import dev.agentflags.openfeature.Eventually;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockResponseBody;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/** A flag server that does what a test says: serves a document and its stream, or answers otherwise first. */
public final class FakeServer implements AutoCloseable {

    public static final String STREAM = "/ofrep/v1/sse";
    private static final String END = "end";

    /** Held, so that the level is kept: it tells of every connection. */
    private static final Logger TALKATIVE = Logger.getLogger(MockWebServer.class.getName());

    static {
        TALKATIVE.setLevel(Level.OFF);
    }

    public final MockWebServer web = new MockWebServer();

    private final Queue<MockResponse> answers = new ConcurrentLinkedQueue<>();
    private final Queue<MockResponse> streamAnswers = new ConcurrentLinkedQueue<>();
    private final List<RecordedRequest> requests = new CopyOnWriteArrayList<>();
    private final List<BlockingQueue<String>> open = new CopyOnWriteArrayList<>();
    private volatile @Nullable String document;
    private volatile @Nullable String etag;
    private volatile @Nullable String firstEvent;
    private volatile int status = 404;
    private volatile boolean streaming;
    private volatile boolean closed;
    private volatile UnaryOperator<MockResponse.Builder> finish = answer -> answer;

    public FakeServer() {
        web.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                requests.add(request);
                return request.getTarget().startsWith(STREAM) ? stream() : document(request);
            }
        });
    }

    public FakeServer start() throws IOException {
        web.start();
        return this;
    }

    /** Serves this document, with an ETag of its own. */
    public FakeServer serve(String document) {
        return serve(document, "\"" + hash(document) + "\"");
    }

    public FakeServer serve(String document, @Nullable String etag) {
        this.document = document;
        this.etag = etag;
        return this;
    }

    /** Answers every request for the document with this status from now on, until something is served. */
    public void withdraw(int status) {
        document = null;
        this.status = status;
    }

    /** Has a stream, which says this first to everybody. */
    public FakeServer stream(@Nullable String firstEvent) {
        this.streaming = true;
        this.firstEvent = firstEvent;
        return this;
    }

    /** Answers the next requests for the document like this. */
    public FakeServer next(MockResponse... responses) {
        answers.addAll(List.of(responses));
        return this;
    }

    /** Answers the next requests for the stream like this. */
    public FakeServer nextStream(MockResponse... responses) {
        streamAnswers.addAll(List.of(responses));
        return this;
    }

    /** Changes every good answer like this. */
    public FakeServer finish(UnaryOperator<MockResponse.Builder> finish) {
        this.finish = finish;
        return this;
    }

    /** Says this on every stream that is open. */
    public void say(String text) {
        open.forEach(stream -> stream.add(text));
    }

    /** Ends every stream that is open. */
    public void endStreams() {
        say(END);
    }

    public static String event(long serial) {
        return event(serial, "l1", 0);
    }

    public static String event(long serial, String lineage, long maxDelayMs) {
        return "data: {\"type\":\"refetchEvaluation\",\"etag\":\"x\",\"lastModified\":1764000000,\"serial\":" + serial
                + ",\"lineage\":\"" + lineage + "\",\"maxDelayMs\":" + maxDelayMs + "}\n\n";
    }

    public int streams() {
        return open.size();
    }

    /** Waits until so many streams are open. */
    public void awaitStreams(int count) {
        Eventually.until(() -> open.size() == count);
    }

    /** Returns the requests for the document so far. */
    public List<RecordedRequest> fetches() {
        return requests.stream()
                .filter(request -> !request.getTarget().startsWith(STREAM))
                .toList();
    }

    /** Returns the requests for the stream so far. */
    public List<RecordedRequest> listens() {
        return requests.stream()
                .filter(request -> request.getTarget().startsWith(STREAM))
                .toList();
    }

    public void awaitFetches(int count) {
        Eventually.until(() -> fetches().size() >= count);
    }

    private MockResponse document(RecordedRequest request) {
        MockResponse next = answers.poll();
        if (next != null) {
            return next;
        }
        String text = document;
        String tag = etag;
        if (text == null) {
            return status(status);
        }
        if (tag != null && tag.equals(request.getHeaders().get("If-None-Match"))) {
            return status(304);
        }
        return finish.apply(good(text, tag)).build();
    }

    /** Returns a good answer of this document. */
    public MockResponse.Builder good(String text, @Nullable String tag) {
        var answer = new MockResponse.Builder().body(text);
        if (tag != null) {
            answer.addHeader("ETag", tag);
        }
        if (streaming) {
            answer.addHeader("Link", "<" + STREAM + ">; rel=\"monitor\"; type=\"text/event-stream\"");
        }
        return answer;
    }

    public static MockResponse status(int status) {
        return new MockResponse.Builder().code(status).build();
    }

    private MockResponse stream() {
        MockResponse next = streamAnswers.poll();
        return next != null ? next : events().build();
    }

    private MockResponse.Builder events() {
        BlockingQueue<String> said = new LinkedBlockingQueue<>();
        if (firstEvent != null) {
            said.add(firstEvent);
        }
        return new MockResponse.Builder()
                .addHeader("Content-Type", "text/event-stream")
                .body(new MockResponseBody() {
                    @Override
                    public long getContentLength() {
                        return -1;
                    }

                    @Override
                    public void writeTo(BufferedSink sink) throws IOException {
                        open.add(said);
                        if (closed) { // this one was not there yet when all were ended
                            said.add(END);
                        }
                        try {
                            write(said, sink);
                        } finally {
                            open.remove(said);
                        }
                    }
                });
    }

    private void write(BlockingQueue<String> said, BufferedSink sink) throws IOException {
        sink.writeUtf8(": hello\n\n").flush();
        try {
            String text = said.poll(1, TimeUnit.MINUTES);
            while (text != null && !text.equals(END)) {
                sink.writeUtf8(text).flush();
                text = said.poll(1, TimeUnit.MINUTES);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 4);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    public String url() {
        return web.url("/").toString();
    }

    @Override
    public void close() {
        closed = true;
        endStreams();
        web.close();
    }
}
