package dev.agentflags.benchmarks.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** One evaluation of each of the two flags by one peer, which was first seen to answer as it must. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PeerEvaluation {

    private static final double LEAST_SHARE = 0.20;
    private static final double MOST_SHARE = 0.30;

    /** The name of the peer. */
    @Param("")
    String peer = "";

    private @Nullable Path directory;
    private @Nullable Answers answers;

    /** Makes the state. */
    public PeerEvaluation() {}

    /**
     * Starts the peer, and makes sure that what is measured is what it says.
     *
     * @throws Exception if the peer cannot be set up
     */
    @Setup
    public void start() throws Exception {
        Peer found = Peer.named(peer);
        directory = Files.createTempDirectory("peer-");
        answers = found.start(directory);
        if (found.decides()) {
            check(answers);
        }
    }

    private static void check(Answers answers) {
        int in = 0;
        for (int user = 0; user < Flags.USERS; user++) {
            in += answers.rollout(user) ? 1 : 0;
            if (answers.listed(user) != Flags.isListed(user)) {
                throw new IllegalStateException("expected " + Flags.LISTED + " to be "
                        + (Flags.isListed(user) ? "on" : "off") + " for " + Flags.user(user));
            }
        }
        double share = (double) in / Flags.USERS;
        if (share < LEAST_SHARE || share > MOST_SHARE) {
            throw new IllegalStateException(
                    "expected about 25 % of the users in the rollout, found " + 100 * share + " %");
        }
    }

    /** A rollout to 25 % of the users. */
    @Benchmark
    public boolean rollout(Turns turns) {
        return started(answers).rollout(turns.next());
    }

    /** A flag for ten thousand listed users. */
    @Benchmark
    public boolean listed(Turns turns) {
        return started(answers).listed(turns.next());
    }

    /**
     * Stops the peer and removes its files.
     *
     * @throws Exception if it cannot be stopped
     */
    @TearDown
    public void stop() throws Exception {
        started(answers).close();
        remove(started(directory));
    }

    private static <T> T started(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("expected a peer that was started");
        }
        return part;
    }

    private static void remove(Path directory) throws IOException {
        List<Path> found;
        try (Stream<Path> files = Files.walk(directory)) {
            found = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : found) {
            Files.deleteIfExists(file);
        }
    }
}
