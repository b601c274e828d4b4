package dev.agentflags.remote.follow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentflags.remote.follow.Answer.Failure;
import dev.agentflags.remote.follow.Answer.Kind;
import dev.agentflags.snapshot.RefusedException;
import dev.agentflags.snapshot.RulesetInForce;
import dev.agentflags.snapshot.Snapshot;
import dev.agentflags.source.FlagSource;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Once a provider has seen a kill at serial <i>s</i>, it stays killed until it accepts a higher serial, or a new lineage, without it:
 * whatever the server, the network and the disk do, in whatever order.
 */
class InvariantTest {

    private static final int SCHEDULES = 1200;
    private static final int STEPS = 40;

    @TempDir
    Path directory;

    @Test
    void holds_over_random_schedules_of_faults() {
        var seen = new Seen();
        for (int seed = 1; seed <= SCHEDULES; seed++) {
            new Schedule(seed, directory.resolve("cache-" + seed), seen).run();
        }

        assertThat(seen.kills).isGreaterThan(SCHEDULES);
        assertThat(seen.revivals).isGreaterThan(SCHEDULES / 2);
        assertThat(seen.refusals).isGreaterThan(SCHEDULES);
        assertThat(seen.restarts).isGreaterThan(SCHEDULES);
        assertThat(seen.startsFromCache).isGreaterThan(SCHEDULES / 4);
        assertThat(seen.caughtUp).isEqualTo(SCHEDULES);
    }

    /** What the schedules came to, so that a test that tests nothing is noticed. */
    private static final class Seen {
        int kills;
        int revivals;
        int refusals;
        int restarts;
        int startsFromCache;
        int caughtUp;
    }

    /** One document that the server has, or had. */
    private record Version(int lineage, long serial, boolean killed) {

        String text() {
            return """
                    {"version": 1, "lineage": "l%d", "serial": %d, "flags": {"agent": {"status": "on", "kill_switch": %s}}}
                    """.formatted(lineage, serial, killed);
        }

        String etag() {
            return "\"" + lineage + "-" + serial + "\"";
        }

        Answer answer() {
            return World.document(text(), etag());
        }
    }

    /** A server that changes, an answer that goes wrong, a process that starts again. */
    private static final class Schedule {

        private final int seed;
        private final SplittableRandom random;
        private final DocumentCache cache;
        private final Seen seen;
        private final List<Version> history = new ArrayList<>();
        private Version current = new Version(1, 1, false);
        private int lineages = 1;
        private Instance process;

        Schedule(int seed, Path directory, Seen seen) {
            this.seed = seed;
            this.random = new SplittableRandom(seed);
            this.cache = new DocumentCache(directory, URI.create("https://flags.example.com/v1/document"), false);
            this.seen = seen;
            history.add(current);
            this.process = new Instance(null);
        }

        void run() {
            for (int step = 0; step < STEPS; step++) {
                serverChanges();
                somethingHappens();
                process.run(Duration.ofMillis(random.nextInt(20_000)));
            }
            process.world.answers.clear();
            process.world.answer(current.answer()).run(Duration.ofMinutes(12));
            if (process.inForce.current() != null && process.isKilled() == current.killed()) {
                seen.caughtUp++;
            }
        }

        private void serverChanges() {
            switch (random.nextInt(6)) {
                case 0 -> publish(new Version(current.lineage(), current.serial() + 1, true));
                case 1 -> publish(new Version(current.lineage(), current.serial() + 1, random.nextInt(3) == 0));
                case 2 -> {
                    if (random.nextInt(4) == 0) {
                        publish(new Version(++lineages, 1 + random.nextInt(3), random.nextBoolean())); // wiped
                    }
                }
                default -> {}
            }
        }

        private void publish(Version version) {
            current = version;
            history.add(version);
            process.world.answer(version.answer());
            if (random.nextInt(3) > 0) {
                process.world.follower.announced(
                        new Notice(version.serial(), "l" + version.lineage(), version.etag(), Duration.ZERO));
            }
        }

        private void somethingHappens() {
            World world = process.world;
            switch (random.nextInt(14)) {
                case 0 -> world.once(Failure.passing("HTTP 503"));
                case 1 -> world.once(Failure.lasting("HTTP 401")).once(Failure.lasting("HTTP 401"));
                case 2 -> world.once(Failure.passing("no answer in time"));
                case 3 -> world.once(new Failure("HTTP 429", Kind.PASSING, Duration.ofSeconds(random.nextInt(400))));
                case 4 -> world.once(World.document(cut(current.text()), current.etag()));
                case 5 -> world.once(World.document("{\"error\": 1}", current.etag()));
                case 6 -> world.once(World.document(duplicated(), current.etag()));
                case 7 -> world.once(new Answer.NotModified()); // whatever was asked
                case 8 -> world.once(oneOf(history).answer()); // a server that lags behind
                case 9 -> {
                    Version old = oneOf(history); // a server that was set back, and stays so for a while
                    world.once(old.answer()).once(old.answer()).once(World.document(old.text(), current.etag()));
                }
                case 10 -> world.follower.opened();
                case 11 -> world.follower.ended();
                case 12 -> world.pass(Duration.ofSeconds(random.nextInt(300)));
                default -> restart();
            }
        }

        private void restart() {
            seen.restarts++;
            process = new Instance(process);
            if (random.nextBoolean()) {
                process.world.once(Failure.passing("cannot be connected to"));
                process.world.once(Failure.passing("cannot be connected to"));
            }
            process.world.answer(current.answer());
        }

        private String cut(String text) {
            return text.substring(0, random.nextInt(text.length() - 2));
        }

        private String duplicated() {
            return current.text().replace("\"kill_switch\"", "\"kill_switch\": false, \"kill_switch\"");
        }

        private <T> T oneOf(List<T> list) {
            return list.get(random.nextInt(list.size()));
        }

        /** The provider's process. Another one only has what the disk has kept. */
        private final class Instance implements FlagSource.Listener {

            final RulesetInForce inForce = new RulesetInForce();
            final World world = new World(Timing.DEFAULT, this, cache, random.nextLong());

            /** What the last process had in force, which this one must not fall behind. */
            private @Nullable Snapshot before;

            Instance(@Nullable Instance previous) {
                before = previous == null ? null : previous.inForce.current();
                world.answer(current.answer());
            }

            void run(Duration time) {
                world.run(time);
            }

            boolean isKilled() {
                Snapshot snapshot = inForce.current();
                return snapshot != null && isKilled(snapshot);
            }

            private boolean isKilled(Snapshot snapshot) {
                return snapshot.evaluator().killed().containsKey("agent");
            }

            @Override
            public @Nullable String deliver(byte[] utf8) {
                Snapshot had = inForce.current() == null ? before : inForce.current();
                try {
                    inForce.accept(utf8);
                } catch (RefusedException e) {
                    seen.refusals++;
                    return String.valueOf(e.getMessage());
                }
                seen.startsFromCache +=
                        before != null && new String(utf8, StandardCharsets.UTF_8).equals(text(before)) ? 1 : 0;
                before = null;
                check(had);
                return null;
            }

            private String text(Snapshot snapshot) {
                var revision = Objects.requireNonNull(snapshot.ruleset().revision());
                int lineage =
                        Integer.parseInt(String.valueOf(revision.lineage()).substring(1));
                return new Version(lineage, revision.serial(), isKilled(snapshot)).text();
            }

            @Override
            public void confirm() {
                assertThat(inForce.current()).as("seed " + seed).isNotNull();
            }

            @Override
            public void fail(String problem) {}

            /** What was killed is only revived by a later document, or by another store's. */
            private void check(@Nullable Snapshot had) {
                boolean killed = isKilled();
                seen.kills += killed ? 1 : 0;
                if (had == null || !isKilled(had) || killed) {
                    return;
                }
                seen.revivals++;
                var old = Objects.requireNonNull(had.ruleset().revision());
                var now = Objects.requireNonNull(
                        Objects.requireNonNull(inForce.current()).ruleset().revision());
                assertThat(Objects.equals(old.lineage(), now.lineage()) && now.serial() <= old.serial())
                        .as("seed %d: killed at %s, revived at %s", seed, old, now)
                        .isFalse();
            }
        }
    }
}
