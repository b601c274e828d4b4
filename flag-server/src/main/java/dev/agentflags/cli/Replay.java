package dev.agentflags.cli;

import dev.agentflags.evaluation.Evaluator;
import dev.agentflags.evaluation.Resolution;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * Recorded turns, one after the other, under a document that was not in force.
 *
 * @param document that is replayed
 * @param before the one that was in force, or null where the record alone says what was served
 * @param keys of the flags to look at
 * @param mostNamed how many users are named
 */
record Replay(Session session, Loaded document, @Nullable Loaded before, Collection<String> keys, int mostNamed) {

    private static final String STANDARD_INPUT = "-";

    /** How often the progress is told of; a power of two. */
    private static final long TURNS_PER_REPORT = 1024;

    /**
     * What a replay came to.
     *
     * @param turns how many there were
     * @param users how many of whom, counted once each
     * @param nobodys how many turns were of nobody in particular
     * @param outOfOrder how many were earlier than one before them
     * @param first the earliest of them, or null where there is none
     * @param last the latest
     * @param ignored fields that nothing is known of
     */
    record Result(
            long turns,
            long users,
            long nobodys,
            long outOfOrder,
            @Nullable Instant first,
            @Nullable Instant last,
            SortedSet<String> ignored,
            List<Flips> flips,
            Collection<ReplayedGuard.Watched> watched) {}

    /** Replays a file, or standard input where it is {@code -}. */
    Result of(String file) throws CommandException {
        if (file.equals(STANDARD_INPUT)) {
            return of("standard input", session.in(), Progress.UNKNOWN);
        }
        Path path = Path.of(file);
        FlagsOption.requireFile(path, "replay takes a file with a recorded turn on each line, or -");
        try (InputStream in = Files.newInputStream(path)) {
            return of(file, in, Files.size(path));
        } catch (IOException e) {
            throw new CommandException(Exit.UNAVAILABLE, file + " cannot be read: " + e.getMessage(), null);
        }
    }

    private Result of(String name, InputStream in, long size) throws CommandException {
        var lines = new Lines(in);
        try (var progress =
                        new Progress(session.err(), session.screen().interactive(), size, "turns", System::nanoTime);
                var run = new Run(this)) {
            for (String line = lines.next(); line != null; line = lines.next()) {
                if (!line.isBlank()) {
                    run.take(line);
                    if (run.turns % TURNS_PER_REPORT == 0) {
                        progress.at(run.turns, lines.bytes());
                    }
                }
            }
            return run.end();
        } catch (IllegalArgumentException e) {
            throw new CommandException(Exit.PROBLEMS, name + ":" + lines.number() + ": " + e.getMessage(), null);
        } catch (CharacterCodingException e) {
            throw new CommandException(Exit.PROBLEMS, name + ":" + lines.number() + ": expected UTF-8", null);
        } catch (IOException e) {
            String where = name + ":" + (lines.number() + 1);
            throw new CommandException(Exit.UNAVAILABLE, where + ": cannot be read: " + e.getMessage(), null);
        }
    }

    /** One pass. Not safe for use by many threads. */
    private static final class Run implements AutoCloseable {

        private final Replay replay;
        private final Evaluator now;
        private final @Nullable Evaluator earlier;
        private final RecordedReader reader = new RecordedReader();
        private final SeenUsers seen = new SeenUsers();
        private final List<Flips> flips;
        private final ReplayedGuard guard;
        private long turns;
        private long users;
        private long nobodys;
        private long outOfOrder;
        private @Nullable Instant first;
        private @Nullable Instant last;

        Run(Replay replay) {
            this.replay = replay;
            this.now = replay.document.evaluator();
            this.earlier = replay.before == null ? null : replay.before.evaluator();
            this.flips = replay.keys.stream()
                    .map(key -> new Flips(key, replay.mostNamed))
                    .toList();
            this.guard = new ReplayedGuard(replay.document.ruleset());
        }

        void take(String line) {
            Recorded turn = reader.read(line);
            turns++;
            note(turn.time());
            guard.advanceTo(turn.time());
            String user = turn.person().user();
            boolean isNew = user != null && seen.isNew(user);
            users += isNew ? 1 : 0;
            nobodys += user == null ? 1 : 0;
            for (Flips one : flips) {
                Resolution resolution = now.resolve(one.key(), turn.person());
                Flips.Given given = Flips.Given.of(
                        resolution, replay.document.ruleset().flags().get(one.key()));
                Flips.Given before = before(one.key(), turn);
                if (isNew) {
                    one.add(turn.person(), given, before);
                }
                guard.take(turn, one.key(), resolution, given, before);
            }
        }

        private void note(Instant time) {
            first = first == null || time.isBefore(first) ? time : first;
            if (last == null || !time.isBefore(last)) {
                last = time;
            } else {
                outOfOrder++;
            }
        }

        /** What the record says was served comes first; it was there. */
        private Flips.@Nullable Given before(String key, Recorded turn) {
            String served = turn.served().get(key);
            if (served != null) {
                Loaded of = replay.before == null ? replay.document : replay.before;
                return Flips.Given.of(served, of.ruleset().flags().get(key));
            }
            return earlier == null || replay.before == null
                    ? null
                    : Flips.Given.of(
                            earlier.resolve(key, turn.person()),
                            replay.before.ruleset().flags().get(key));
        }

        Result end() {
            guard.end();
            return new Result(
                    turns,
                    users,
                    nobodys,
                    outOfOrder,
                    first,
                    last,
                    reader.ignored(),
                    flips,
                    guard.watched().values().stream()
                            .filter(one -> replay.keys.contains(one.flag().key()))
                            .toList());
        }

        @Override
        public void close() {
            guard.close();
        }
    }
}
