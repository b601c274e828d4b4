package dev.agentflags.openfeature;

import dev.agentflags.source.FlagSource;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A source that does what a test says, at once and on the test's thread. */
class FakeSource implements FlagSource {

    private final List<byte[]> documents = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private @Nullable Listener listener;
    int starts;
    int closes;

    /** Delivers this document, with single quotes for double ones, or as soon as it is started. */
    FakeSource deliver(String json) {
        byte[] utf8 = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        if (listener == null) {
            documents.add(utf8);
        } else {
            deliver(listener, utf8);
        }
        return this;
    }

    /** What is refused is told of at once. */
    private static void deliver(Listener listener, byte[] utf8) {
        String refusal = listener.deliver(utf8);
        if (refusal != null) {
            listener.fail(refusal);
        }
    }

    /** Fails, or as soon as it is started, after the documents. */
    FakeSource fail(String problem) {
        if (listener == null) {
            failures.add(problem);
        } else {
            listener.fail(problem);
        }
        return this;
    }

    void lapse(String problem) {
        if (listener != null) {
            listener.lapse(problem);
        }
    }

    void confirm() {
        if (listener != null) {
            listener.confirm();
        }
    }

    @Override
    public void start(Listener listener) {
        starts++;
        this.listener = listener;
        documents.forEach(utf8 -> deliver(listener, utf8));
        failures.forEach(listener::fail);
    }

    @Override
    public void close() {
        closes++;
    }
}
