package dev.agentflags.benchmarks.peers.report;

import java.util.List;

/**
 * How thoroughly a run measures.
 *
 * @param warmups iterations before those that count
 * @param iterations that count
 * @param millis of each iteration
 * @param forks of rows that a bar is held against; the others have one
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
        int forks,
        List<Integer> threads,
        int loads,
        int changes,
        int slowChanges,
        int starts) {

    /** All of the heap from the beginning: to let it grow, and to touch a page for the first time, is not what is measured. */
    private static final String HEAP = "-Xms1g -XX:+AlwaysPreTouch";

    /** About twenty minutes. */
    static final Pace FULL = new Pace(4, 6, 500, 3, List.of(1, 2), 7, 30, 10, 15);

    /** Under five minutes: to see that everything works, not for figures. */
    static final Pace QUICK = new Pace(1, 2, 300, 1, List.of(1), 2, 5, 2, 3);

    List<String> jmh(int forks) {
        return List.of(
                "-f",
                Integer.toString(forks),
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
                "gc");
    }
}
