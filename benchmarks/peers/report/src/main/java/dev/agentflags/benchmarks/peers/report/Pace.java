package dev.agentflags.benchmarks.peers.report;

import java.util.ArrayList;
import java.util.List;

/**
 * How thoroughly a run measures.
 *
 * @param warmups iterations before those that count
 * @param iterations that count
 * @param millis of each iteration
 * @param rounds in which each row is measured once
 * @param moreRounds of the rows that bars are about, whose ratios are close to their limits
 * @param fewerRounds of rows with more than one thread
 * @param threads each row is run with
 * @param loads JVMs that load a file
 * @param changes of a file, where the follower sees them at once
 * @param slowChanges of a file, where it polls
 * @param starts of the command line
 */
record Pace(
        int warmups,
        int iterations,
        int millis,
        int rounds,
        int moreRounds,
        int fewerRounds,
        List<Integer> threads,
        int loads,
        int changes,
        int slowChanges,
        int starts) {

    /**
     * All of the heap from the beginning, and a small part of it for what is new: to let a heap grow, to touch a page for the first time,
     * and to go through more memory than stays at hand, is not what is measured.
     */
    private static final String HEAP = "-Xms1g -Xmx1g -Xmn64m -XX:+AlwaysPreTouch";

    /** About three quarters of an hour. */
    static final Pace FULL = new Pace(3, 4, 400, 3, 7, 1, List.of(1, 2), 7, 30, 10, 15);

    /** Under five minutes: to see that everything works, not for figures. */
    static final Pace QUICK = new Pace(1, 2, 300, 1, 1, 1, List.of(1), 2, 5, 2, 3);

    /** Returns how many rounds a row has with so many threads. */
    int rounds(int ofThreads) {
        return ofThreads == 1 ? rounds : fewerRounds;
    }

    /** Returns how many rounds a row has that bars are about. */
    int roundsOfBars(int ofThreads) {
        return ofThreads == 1 ? moreRounds : fewerRounds;
    }

    /** Returns JMH's arguments for one round. */
    List<String> jmh(int threads, String... benchmarks) {
        List<String> arguments = new ArrayList<>(List.of(benchmarks));
        arguments.addAll(List.of(
                "-f",
                "1",
                "-t",
                Integer.toString(threads),
                "-wi",
                Integer.toString(warmups),
                "-i",
                Integer.toString(iterations),
                "-w",
                millis + "ms",
                "-r",
                millis + "ms",
                "-foe",
                "true",
                "-jvmArgsAppend",
                HEAP,
                "-prof",
                "gc"));
        return arguments;
    }
}
