package dev.agentflags.benchmarks.peers.report;

import dev.agentflags.benchmarks.peers.report.Results.Evaluation;
import dev.agentflags.benchmarks.peers.report.Results.Growth;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The rows that JMH measures, in rounds: whatever else the machine does for a while, it does to all of them. */
final class Evaluations {

    private final ClassPaths classPaths;
    private final Pace pace;
    private final Collection<Jdk> jdks;
    private final NotMeasured notMeasured;

    Evaluations(ClassPaths classPaths, Pace pace, Collection<Jdk> jdks, NotMeasured notMeasured) {
        this.classPaths = classPaths;
        this.pace = pace;
        this.jdks = jdks;
        this.notMeasured = notMeasured;
    }

    private record Asked(String who, String question, int jdk, int threads) {}

    private record Grown(String what, int size) {}

    /** Asks everybody everything, with each JDK. */
    List<Evaluation> of(List<Contender> contenders) throws IOException, InterruptedException {
        var rounds = new Rounds<Asked>();
        for (int threads : pace.threads()) {
            List<Contender> able = new ArrayList<>(contenders);
            for (int round = 1; round <= pace.roundsOfBars(threads); round++) {
                if (round > pace.rounds(threads)) {
                    able.removeIf(contender -> !contender.isInBars());
                }
                for (Jdk jdk : jdks) {
                    Progress.say("evaluation: threads %d, round %d, JDK %d", threads, round, jdk.feature());
                    digest(jdk, threads, rounds);
                    for (Contender contender : List.copyOf(able)) {
                        if (!ask(contender, jdk, threads, rounds)) {
                            able.remove(contender);
                        }
                    }
                }
            }
        }
        return rounds.all((asked, measured) ->
                new Evaluation(asked.who(), asked.question(), asked.jdk(), asked.threads(), measured));
    }

    private void digest(Jdk jdk, int threads, Rounds<Asked> rounds) throws IOException, InterruptedException {
        for (Jmh.Row row : Jmh.run(jdk, classPaths.harness(), pace.jmh(threads, "BareDigest"))) {
            rounds.add(new Asked(Results.DIGEST, Results.ROLLOUT, jdk.feature(), threads), row);
        }
    }

    /** Returns false, and says so, where a peer fails: it is not asked again. Ours may not fail. */
    private boolean ask(Contender contender, Jdk jdk, int threads, Rounds<Asked> rounds)
            throws IOException, InterruptedException {
        List<String> jmh = pace.jmh(threads, "PeerEvaluation", "-p", "peer=" + contender.name());
        try {
            for (Jmh.Row row : Jmh.run(jdk, classPaths.of(contender), jmh)) {
                rounds.add(new Asked(contender.name(), row.method(), jdk.feature(), threads), row);
            }
            return true;
        } catch (IOException e) {
            if (contender.isOurs()) {
                throw e;
            }
            notMeasured.failed(contender, "its answers on JDK " + jdk.feature(), e);
            return false;
        }
    }

    /** Asks ours as a ruleset grows, with one JDK. */
    List<Growth> growth(Jdk jdk) throws IOException, InterruptedException {
        var rounds = new Rounds<Grown>();
        for (int round = 1; round <= pace.roundsOfBars(1); round++) {
            Progress.say("growth: round %d", round);
            String what = round <= pace.rounds(1) ? "GrowthOf" : "GrowthOfFlags";
            for (Jmh.Row row : Jmh.run(jdk, classPaths.benchmarks(), pace.jmh(1, what))) {
                rounds.add(new Grown(row.method(), Integer.parseInt(row.parameter())), row);
            }
        }
        return rounds.all((grown, measured) -> new Growth(grown.what(), grown.size(), measured));
    }
}
