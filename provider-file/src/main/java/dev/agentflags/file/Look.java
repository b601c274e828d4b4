package dev.agentflags.file;

import dev.agentflags.source.FlagSource.Listener;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a file again and again, and tells a listener what is new. Remembers versions rather than times, so that it does not
 * matter how fast edits follow each other, or whether an older file comes back. Not safe for use by many threads.
 */
final class Look {

    /** How soon to look again at a file that may be half-written. */
    private static final Duration RETRY = Duration.ofMillis(10);

    private final Path path;
    private final FileSource.Reading reading;
    private final Duration pollInterval;
    private final Listener listener;
    private final BooleanSupplier closed;
    private final LongSupplier nanoTime;
    private final Patience patience = new Patience();

    private @Nullable String acceptedVersion;
    private @Nullable String refusedVersion;
    private @Nullable String refusal;

    /**
     * Makes one that has seen nothing yet.
     *
     * @param closed whether the listener must not be called any more
     * @param nanoTime {@link System#nanoTime}
     */
    Look(
            Path path,
            FileSource.Reading reading,
            Duration pollInterval,
            Listener listener,
            BooleanSupplier closed,
            LongSupplier nanoTime) {
        this.path = path;
        this.reading = reading;
        this.pollInterval = pollInterval;
        this.listener = listener;
        this.closed = closed;
        this.nanoTime = nanoTime;
    }

    /** Looks once. Returns after what time to look again, unless something happens before. */
    Duration again() {
        String problem = look();
        if (problem == null) {
            patience.restore();
            return pollInterval;
        }
        if (!closed.getAsBoolean() && patience.isTimeToTell(problem, nanoTime.getAsLong())) {
            listener.fail(path + ": " + problem);
        }
        return patience.hasTold(problem) ? pollInterval : shorter(RETRY, pollInterval);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** Returns what is wrong, or null if the file is as it should be. */
    private @Nullable String look() {
        try {
            return tell(reading.read(path));
        } catch (IOException e) {
            return Failure.describe(e);
        } catch (RuntimeException e) {
            return e.toString();
        }
    }

    private @Nullable String tell(Contents contents) {
        if (closed.getAsBoolean()) {
            return null;
        }
        if (contents.version().equals(acceptedVersion)) {
            listener.confirm();
            return null;
        }
        if (!contents.version().equals(refusedVersion)) {
            refusal = listener.deliver(contents.utf8());
            refusedVersion = refusal == null ? null : contents.version();
            acceptedVersion = refusal == null ? contents.version() : acceptedVersion;
        }
        return refusal;
    }
}
