package dev.agentflags.demo;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** What a simulated agent says on a line of its standard output. */
sealed interface Report {

    /** It has flags, and begins to work. */
    record Ready() implements Report {

        @Override
        public String line() {
            return "ready";
        }
    }

    /**
     * Other flags are in force.
     *
     * @param serial of the document
     * @param micros when, as {@link #now} has it
     */
    record Changed(long serial, long micros) implements Report {

        @Override
        public String line() {
            return "changed " + serial + " " + micros;
        }
    }

    /**
     * What it has done since it began.
     *
     * @param turns it took
     * @param treated turns with the new prompt
     * @param failed turns that ended with an error
     * @param treatedFailed turns with the new prompt that ended with an error
     * @param lastTreated when the last turn with the new prompt began, as {@link #now} has it; 0 if there was none
     */
    record Turns(long turns, long treated, long failed, long treatedFailed, long lastTreated) implements Report {

        static final Turns NONE = new Turns(0, 0, 0, 0, 0);

        @Override
        public String line() {
            return "turns %d %d %d %d %d".formatted(turns, treated, failed, treatedFailed, lastTreated);
        }

        Turns plus(Turns other) {
            return new Turns(
                    turns + other.turns,
                    treated + other.treated,
                    failed + other.failed,
                    treatedFailed + other.treatedFailed,
                    Math.max(lastTreated, other.lastTreated));
        }

        Turns since(Turns before) {
            return new Turns(
                    turns - before.turns,
                    treated - before.treated,
                    failed - before.failed,
                    treatedFailed - before.treatedFailed,
                    lastTreated);
        }
    }

    /** Returns the report as a line of text. */
    String line();

    /** Returns the report that a line is, or null if it is none. */
    static @Nullable Report of(String line) {
        String[] words = line.split(" ", -1);
        return switch (words[0]) {
            case "ready" -> new Ready();
            case "changed" -> new Changed(Long.parseLong(words[1]), Long.parseLong(words[2]));
            case "turns" ->
                new Turns(
                        Long.parseLong(words[1]),
                        Long.parseLong(words[2]),
                        Long.parseLong(words[3]),
                        Long.parseLong(words[4]),
                        Long.parseLong(words[5]));
            default -> null;
        };
    }

    /** Returns the time in microseconds since 1970: the clock that all processes of a machine share. */
    static long now() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }
}
