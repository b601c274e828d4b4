package dev.agentflags.benchmarks.peers.report;

import dev.agentflags.benchmarks.peers.report.Results.Evaluation;
import dev.agentflags.benchmarks.peers.report.Results.Growth;
import dev.agentflags.benchmarks.peers.report.Results.Heap;
import dev.agentflags.benchmarks.peers.report.Results.Times;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The figures of a run as Markdown. */
final class Tables {

    private static final String NONE = "–";

    private Tables() {}

    static String of(Results results) {
        return String.join(
                "\n",
                results.date() + "; " + results.machine() + "; "
                        + results.jdks().values().stream()
                                .map(version -> "JDK " + version)
                                .collect(Collectors.joining(", "))
                        + ". One thread unless said otherwise. A time is the median of up to "
                        + rounds(results)
                        + " rounds, in each of which everybody is measured once in a new JVM; where they differ by more than a tenth, the"
                        + " fastest and the slowest stand beside it. All figures are in [results/peers.json](results/peers.json).\n",
                evaluations(results, Results.ROLLOUT, "A rollout to 25 % of the users"),
                chart("rollout"),
                evaluations(results, Results.LISTED, "A flag for 10,000 listed users"),
                chart("listed"),
                growth(results),
                chart("growth"),
                files(results),
                chart("loading"),
                chart("change"),
                kills(results),
                chart("kill"),
                sizes(results),
                chart("size"),
                bars(results),
                notMeasured(results));
    }

    private static int rounds(Results results) {
        return results.evaluations().stream()
                .mapToInt(evaluation -> evaluation.measured().raw().size())
                .max()
                .orElse(0);
    }

    private static String chart(String name) {
        return "![The figures above as bars](charts/" + name + ".svg)\n";
    }

    private static String evaluations(Results results, String question, String title) {
        List<Config> configs = configs(results);
        var head = new ArrayList<>(List.of("", "version", "asked through"));
        configs.forEach(config -> head.add(config.words()));
        head.add("allocated");
        head.add("× ours");
        List<List<String>> rows = new ArrayList<>();
        if (question.equals(Results.ROLLOUT)) {
            rows.add(evaluation(results, Results.DIGEST, "SHA-256 of the same bytes", NONE, NONE, question, configs));
        }
        contenders(results, question)
                .forEach(contender -> rows.add(evaluation(
                        results,
                        contender.name(),
                        contender.isOurs() ? "**" + contender.title() + "**" : contender.title(),
                        results.versions().getOrDefault(contender.name(), NONE),
                        contender.way().words(),
                        question,
                        configs)));
        return table(title, head, rows);
    }

    /** Returns those that were measured: what costs nothing, ours, then the others by how they are asked and how fast they are. */
    static List<Contender> contenders(Results results, String question) {
        return Contender.ALL.stream()
                .filter(contender -> first(results, contender.name(), question).isPresent())
                .sorted(Comparator.comparing((Contender contender) -> contender.way())
                        .thenComparing(contender -> contender.isOurs() ? 0 : 1)
                        .thenComparing(contender -> first(results, contender.name(), question)
                                .map(Evaluation::nanos)
                                .orElse(0.0)))
                .toList();
    }

    private static List<String> evaluation(
            Results results,
            String who,
            String title,
            String version,
            String way,
            String question,
            List<Config> configs) {
        List<String> cells = new ArrayList<>(List.of(title, version, way));
        for (Config config : configs) {
            cells.add(results.evaluation(who, question, config.jdk(), config.threads())
                    .map(evaluation -> Words.time(evaluation.measured()))
                    .orElse(NONE));
        }
        Optional<Evaluation> first = first(results, who, question);
        cells.add(first.map(evaluation -> Words.bytes(evaluation.bytes())).orElse(NONE));
        cells.add(first.flatMap(evaluation -> first(results, Contender.OURS.name(), question)
                        .map(ours -> Words.times(evaluation.nanos() / ours.nanos())))
                .orElse(NONE));
        return cells;
    }

    static Optional<Evaluation> first(Results results, String who, String question) {
        return results.evaluation(who, question, results.firstJdk(), 1);
    }

    private static List<Config> configs(Results results) {
        return results.evaluations().stream()
                .map(evaluation -> new Config(evaluation.jdk(), evaluation.threads()))
                .distinct()
                .sorted(Comparator.comparing(Config::threads).thenComparing(Config::jdk))
                .toList();
    }

    private record Config(int jdk, int threads) {

        String words() {
            return "JDK " + jdk + (threads == 1 ? "" : ", " + threads + " threads");
        }
    }

    private static String growth(Results results) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(growth(results, "grow_flags_one", "one flag, beside others", "flags"));
        rows.add(growth(results, "grow_flags_all", "all flags by turns, at random", "flags"));
        rows.add(growth(
                results,
                "grow_by_hand_all",
                "the same, written by hand: a `HashMap` of seeds, and a digest",
                "nothing"));
        rows.add(growth(results, "grow_listed", "a flag for listed users", "users"));
        rows.add(growth(results, "grow_rules", "a flag with rules, none of which matches", "rules"));
        return table(
                "How ours grows, through the client",
                List.of("", "from", "", "to", "heap of the ruleset, in the same order"),
                rows);
    }

    private static List<String> growth(Results results, String what, String words, String grown) {
        List<String> cells = new ArrayList<>(List.of(words));
        results.growth().stream()
                .filter(growth -> growth.what().equals(what))
                .sorted(Comparator.comparing(Growth::size))
                .forEach(growth -> cells.add(Words.count(growth.size()) + ": " + Words.time(growth.measured())));
        while (cells.size() < 4) {
            cells.add(NONE);
        }
        cells.add(results.heap().stream()
                .filter(heap -> heap.what().equals(grown))
                .sorted(Comparator.comparing(Heap::size))
                .map(heap -> Words.bytes((double) heap.bytes()))
                .collect(Collectors.joining(", ")));
        return cells;
    }

    private static String files(Results results) {
        List<List<String>> rows = new ArrayList<>();
        results.loading()
                .forEach(times -> rows.add(times("a file of 10,000 flags to the first answer, new JVM", times)));
        results.change()
                .forEach(times -> rows.add(times("atomic replacement of the file to the changed answer", times)));
        results.startUp().forEach(times -> rows.add(times("start to end of a process", times)));
        return table("Files and start-up", List.of("from … to …", "", "median", "longest", "times measured"), rows);
    }

    private static String kills(Results results) {
        return table(
                "From the API call of a kill over the server, document of 120 kB, to a provider's changed answer in another process, or to the last subscriber",
                List.of("", "median", "99 of 100", "longest", "times measured"),
                results.kills().stream()
                        .map(times -> List.of(
                                times.who(),
                                Words.millis(times.median()),
                                Words.millis(times.quantile(0.99)),
                                Words.millis(times.max()),
                                Integer.toString(times.millis().size())))
                        .toList());
    }

    private static List<String> times(String what, Times times) {
        return List.of(
                what,
                title(times.who()),
                Words.millis(times.median()),
                Words.millis(times.max()),
                Integer.toString(times.millis().size()));
    }

    private static String sizes(Results results) {
        return table(
                "Class paths: a library with all that it needs, OpenFeature's SDK included where it goes through that",
                List.of("", "jars", "classes", "size"),
                results.sizes().stream()
                        .map(size -> List.of(
                                title(size.who()),
                                Integer.toString(size.jars()),
                                Words.count(size.classes()),
                                Words.bytes((double) size.bytes())))
                        .toList());
    }

    /** Returns a contender's title; what is none is called what it is called. */
    static String title(String who) {
        return Contender.ALL.stream()
                .filter(contender -> contender.name().equals(who))
                .map(Contender::title)
                .findFirst()
                .orElse("`" + who + "`");
    }

    private static String bars(Results results) {
        return table(
                "Bars",
                List.of("bar", "figure", "limit", ""),
                Bars.of(results).stream()
                        .map(bar -> List.of(
                                bar.what(),
                                Words.times(bar.figure()),
                                Words.times(bar.limit()),
                                bar.holds() ? "holds" : "**missed**"))
                        .toList());
    }

    private static String notMeasured(Results results) {
        return "Not measured:\n\n"
                + results.notMeasured().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(entry -> "* " + entry.getKey() + ": " + entry.getValue() + ".\n")
                        .collect(Collectors.joining());
    }

    private static String table(String title, List<String> head, List<List<String>> rows) {
        String rule = head.stream().map(column -> "---").collect(Collectors.joining(" | ", "| ", " |"));
        return "### " + title + "\n\n" + row(head) + "\n" + rule + "\n"
                + rows.stream().map(Tables::row).collect(Collectors.joining("\n")) + "\n";
    }

    private static String row(List<String> cells) {
        return cells.stream().collect(Collectors.joining(" | ", "| ", " |"));
    }
}
