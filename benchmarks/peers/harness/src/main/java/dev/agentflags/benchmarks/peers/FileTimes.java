package dev.agentflags.benchmarks.peers;

import dev.agentflags.benchmarks.peers.FilePeer.Following;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** How long a peer takes from a file to its first answer, and from a change of the file to the changed answer. */
public final class FileTimes {

    private static final Duration LOOK_EVERY = Duration.ofNanos(100_000);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Changes begin at any moment of a peer's own rhythm. */
    private static final int LONGEST_PAUSE_MILLIS = 1_000;

    private static final long SEED = 7;

    private FileTimes() {}

    /**
     * Does one of three things, and prints milliseconds, one number a line:
     *
     * <ul>
     *   <li>{@code write PEER FILE FLAGS} writes a document, and prints nothing;
     *   <li>{@code load PEER FILE}: from here to the first answer;
     *   <li>{@code change PEER FILE FLAGS ROUNDS}: from each atomic replacement of the file to the changed answer.
     * </ul>
     */
    public static void main(String[] args) throws Exception {
        long begun = System.nanoTime();
        var peer = (FilePeer) Peer.named(args[1]);
        Path file = Path.of(args[2]);
        switch (args[0]) {
            case "write" -> Files.writeString(file, peer.document(Integer.parseInt(args[3]), true));
            case "load" -> load(peer, file, begun);
            case "change" -> change(peer, file, Integer.parseInt(args[3]), Integer.parseInt(args[4]));
            default -> throw new IllegalArgumentException("expected write, load or change, found " + args[0]);
        }
        System.exit(0); // some peers leave threads behind
    }

    private static void load(FilePeer peer, Path file, long begun) throws Exception {
        try (Following following = peer.follow(file)) {
            if (!following.changing()) {
                throw new IllegalStateException("expected " + Flags.CHANGING + " to be on");
            }
            print(System.nanoTime() - begun);
        }
    }

    private static void change(FilePeer peer, Path file, int flags, int rounds) throws Exception {
        String[] documents = {peer.document(flags, false), peer.document(flags, true)};
        var random = new SplittableRandom(SEED);
        replace(file, documents[0]);
        try (Following following = peer.follow(file)) {
            for (int round = 1; round <= rounds; round++) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(LONGEST_PAUSE_MILLIS)));
                boolean wanted = round % 2 == 1;
                Path next = Files.writeString(file.resolveSibling("next"), documents[wanted ? 1 : 0]);
                long begun = System.nanoTime();
                move(next, file);
                await(following, wanted, begun);
                print(System.nanoTime() - begun);
            }
        }
    }

    private static void replace(Path file, String document) throws IOException {
        move(Files.writeString(file.resolveSibling("next"), document), file);
    }

    private static void move(Path next, Path file) throws IOException {
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void await(Following following, boolean wanted, long begun) {
        while (following.changing() != wanted) {
            if (System.nanoTime() - begun > PATIENCE.toNanos()) {
                throw new IllegalStateException("expected the changed answer within " + PATIENCE.toSeconds() + " s");
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
    }

    private static void print(long nanos) {
        System.out.printf(Locale.ROOT, "%.3f%n", nanos / 1e6);
    }
}
