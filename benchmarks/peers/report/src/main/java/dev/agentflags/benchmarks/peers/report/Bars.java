package dev.agentflags.benchmarks.peers.report;

import dev.agentflags.benchmarks.peers.report.Contender.Way;
import dev.agentflags.benchmarks.peers.report.Results.Evaluation;
import dev.agentflags.benchmarks.peers.report.Results.Growth;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the figures of a run must keep to. */
final class Bars {

    static final double ROLLOUT_LIMIT = 1.15;
    static final double LISTED_LIMIT = 1.3;
    static final double BY_HAND_LIMIT = 1.15;
    static final double BYTES_LIMIT = 48;
    static final double GROWTH_LIMIT = 1.2;

    private static final int FEW_FLAGS = 10;
    private static final int MANY_FLAGS = 100_000;

    private Bars() {}

    /**
     * A figure and its limit.
     *
     * @param what in words
     * @param figure what was measured
     * @param limit what it must not be above
     */
    record Bar(String what, double figure, double limit) {

        boolean holds() {
            return figure <= limit;
        }

        String line() {
            return String.format(
                    Locale.ROOT, "%-6s %9.3f <= %6.2f  %s", holds() ? "holds" : "MISSED", figure, limit, what);
        }
    }

    /** Returns the bars that these results can be held against: of one thread, for each JDK. */
    static List<Bar> of(Results results) {
        List<Bar> bars = new ArrayList<>();
        for (String feature : results.jdks().keySet()) {
            of(results, Integer.parseInt(feature), bars);
        }
        growth(results, "grow_flags_one", "one of 100,000 flags / one of 10", bars);
        growth(results, "grow_flags_all", "100,000 flags by turns / 10 by turns", bars);
        return bars;
    }

    private static void of(Results results, int jdk, List<Bar> bars) {
        String on = ", JDK " + jdk;
        var ourRollout = time(results, Contender.OURS.name(), Results.ROLLOUT, jdk);
        var noRollout = time(results, Contender.NOOP.name(), Results.ROLLOUT, jdk);
        var digest = time(results, Results.DIGEST, Results.ROLLOUT, jdk);
        var ourList = time(results, Contender.OURS.name(), Results.LISTED, jdk);
        var noList = time(results, Contender.NOOP.name(), Results.LISTED, jdk);
        if (ourRollout.isEmpty() || noRollout.isEmpty() || digest.isEmpty() || ourList.isEmpty() || noList.isEmpty()) {
            return;
        }
        bars.add(new Bar(
                "rollout / (no-op + bare digest)" + on,
                ourRollout.get().nanos()
                        / (noRollout.get().nanos() + digest.get().nanos()),
                ROLLOUT_LIMIT));
        bars.add(new Bar(
                "listed users / no-op" + on,
                ourList.get().nanos() / noList.get().nanos(),
                LISTED_LIMIT));
        bars.add(new Bar(
                "bytes of a rollout - bytes of the no-op" + on,
                ourRollout.get().bytes() - noRollout.get().bytes(),
                BYTES_LIMIT));
        bars.add(new Bar(
                "bytes for listed users - bytes of the no-op" + on,
                ourList.get().bytes() - noList.get().bytes(),
                BYTES_LIMIT));
        byHand(results, ourRollout.get(), "rollout", on, bars);
        byHand(results, ourList.get(), "listed users", on, bars);
        fastest(results, ourRollout.get(), "rollout", on, bars);
        fastest(results, ourList.get(), "listed users", on, bars);
    }

    /** On a JDK that removes all that the no-op provider does, this is what can be reached. */
    private static void byHand(Results results, Evaluation ours, String question, String on, List<Bar> bars) {
        time(results, Contender.BY_HAND.name(), ours.question(), ours.jdk())
                .ifPresent(least -> bars.add(new Bar(
                        question + ": ours / the same decision written by hand" + on,
                        ours.nanos() / least.nanos(),
                        BY_HAND_LIMIT)));
    }

    /** The fastest peer is slower than ours, so all are. */
    private static void fastest(Results results, Evaluation ours, String question, String on, List<Bar> bars) {
        Contender.ALL.stream()
                .filter(contender -> contender.way() == Way.CLIENT && !contender.isOurs())
                .flatMap(contender -> time(results, contender.name(), ours.question(), ours.jdk()).stream())
                .mapToDouble(Evaluation::nanos)
                .min()
                .ifPresent(fastest -> bars.add(new Bar(
                        question + ": ours / the fastest peer through the client" + on, ours.nanos() / fastest, 1)));
    }

    private static Optional<Evaluation> time(Results results, String who, String question, int jdk) {
        return results.evaluation(who, question, jdk, 1);
    }

    private static void growth(Results results, String what, String words, List<Bar> bars) {
        Optional<Growth> few = results.growth(what, FEW_FLAGS);
        Optional<Growth> many = results.growth(what, MANY_FLAGS);
        if (few.isPresent() && many.isPresent()) {
            bars.add(new Bar(words, many.get().nanos() / few.get().nanos(), GROWTH_LIMIT));
        }
    }
}
