package dev.agentflags.source;

import dev.agentflags.openfeature.Eventually;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes down what a source says, and refuses every document that has the word {@code bad} in it or is cut short. */
public final class RecordingListener implements FlagSource.Listener {

    /** As a word of its own: a random lineage has these three digits more often than one would think. */
    private static final Pattern BAD = Pattern.compile("\\bbad\\b");

    private final List<String> delivered = new CopyOnWriteArrayList<>();
    private final List<String> accepted = new CopyOnWriteArrayList<>();
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private final AtomicInteger confirmations = new AtomicInteger();
    private final AtomicInteger calls = new AtomicInteger();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final AtomicInteger inside = new AtomicInteger();
    private volatile boolean overlapped;

    @Override
    public @Nullable String deliver(byte[] utf8) {
        enter();
        String text = new String(utf8, StandardCharsets.UTF_8);
        delivered.add(text);
        String refusal = BAD.matcher(text).find() || !text.endsWith("}") ? "refused: " + text : null;
        if (refusal == null) {
            accepted.add(text);
        }
        inside.decrementAndGet();
        return refusal;
    }

    @Override
    public void confirm() {
        enter();
        confirmations.incrementAndGet();
        inside.decrementAndGet();
    }

    @Override
    public void fail(String problem) {
        enter();
        failures.add(problem);
        inside.decrementAndGet();
    }

    private void enter() {
        calls.incrementAndGet();
        threads.add(Thread.currentThread());
        if (inside.incrementAndGet() > 1) {
            overlapped = true;
        }
    }

    /** Returns all documents that were delivered, in order. */
    public List<String> delivered() {
        return List.copyOf(delivered);
    }

    /** Returns those of them that were accepted, in order. */
    public List<String> accepted() {
        return List.copyOf(accepted);
    }

    /** Returns what was said to be wrong, in order. */
    public List<String> failures() {
        return List.copyOf(failures);
    }

    /** Returns how often this listener was called. */
    public int calls() {
        return calls.get();
    }

    /** Returns the threads that called. */
    public Set<Thread> threads() {
        return Set.copyOf(threads);
    }

    /** Whether it was ever called by two threads at once. */
    public boolean overlapped() {
        return overlapped;
    }

    /** Waits until the document that was accepted last is this one. */
    public void awaitAccepted(String document) {
        Eventually.until(
                () -> !accepted.isEmpty() && accepted.get(accepted.size() - 1).equals(document));
    }

    /** Waits until a document was delivered, accepted or not. */
    public void awaitDelivered(String document) {
        Eventually.until(() -> delivered.contains(document));
    }

    /** Waits until there is one more confirmation than now. */
    public void awaitConfirmation() {
        int now = confirmations.get();
        Eventually.until(() -> confirmations.get() > now);
    }

    /** Waits until something was said to be wrong that has this in it. */
    public void awaitFailure(String part) {
        Eventually.until(() -> failures.stream().anyMatch(failure -> failure.contains(part)));
    }
}
