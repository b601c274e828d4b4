package dev.agentflags.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * A line on a terminal that says how far something long has come. Drawn only where it takes long, and erased at the end, also
 * when the process is interrupted. Not safe for use by many threads.
 */
final class Progress implements AutoCloseable {

    /** For a total that is not known. */
    static final long UNKNOWN = -1;

    private static final long FIRST_NANOS = 500_000_000;
    private static final long NEXT_NANOS = 100_000_000;
    private static final int BAR = 30;
    private static final String ERASE = "\r\u001b[K";

    private final PrintWriter err;
    private final boolean interactive;
    private final long total;
    private final String of;
    private final LongSupplier nanos;
    private final long began;
    private final Thread eraser;
    private long due;
    private boolean drawn;

    /**
     * Begins.
     *
     * @param total how many bytes there are, or {@link #UNKNOWN}
     * @param of what is counted, in the plural
     * @param nanos a clock as {@link System#nanoTime} is one
     */
    Progress(PrintWriter err, boolean interactive, long total, String of, LongSupplier nanos) {
        this.err = err;
        this.interactive = interactive;
        this.total = total;
        this.of = of;
        this.nanos = nanos;
        this.began = nanos.getAsLong();
        this.due = began + FIRST_NANOS;
        this.eraser = new Thread(this::erase, "agentflags-progress");
    }

    /** Says how far it has come; may be called often. */
    void at(long count, long bytes) {
        long now = interactive ? nanos.getAsLong() : due - 1;
        if (now < due) {
            return;
        }
        due = now + NEXT_NANOS;
        if (!drawn) {
            drawn = true;
            Runtime.getRuntime().addShutdownHook(eraser);
        }
        err.print(ERASE + text(count, bytes, now));
        err.flush();
    }

    private String text(long done, long bytes, long now) {
        double seconds = (now - began) / 1e9;
        String count = String.format(Locale.ROOT, "%,d %s, %,.0f a second", done, of, done / seconds);
        if (total <= 0) {
            return count;
        }
        double share = Math.min(1, (double) bytes / total);
        int filled = (int) (share * BAR);
        return String.format(
                Locale.ROOT, "[%s%s] %3.0f %%  %s", "█".repeat(filled), "·".repeat(BAR - filled), share * 100, count);
    }

    private void erase() {
        err.print(ERASE);
        err.flush();
    }

    @Override
    public void close() {
        if (drawn) {
            drawn = false;
            Runtime.getRuntime().removeShutdownHook(eraser);
            erase();
        }
    }
}
