package dev.agentflags.benchmarks.peers.report;

import dev.agentflags.benchmarks.peers.report.BarChart.Bar;
import dev.agentflags.benchmarks.peers.report.Contender.Way;
import dev.agentflags.benchmarks.peers.report.Results.Growth;
import dev.agentflags.benchmarks.peers.report.Results.Times;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The figures of a run as drawings, which the project's pages show. */
final class Charts {

    private static final double NANOS_PER_MILLI = 1e6;

    private Charts() {}

    static void write(Results results, Path folder) throws IOException {
        write(
                folder,
                "rollout",
                evaluations(results, Results.ROLLOUT, "One evaluation: a rollout to 25 % of the users"));
        write(folder, "listed", evaluations(results, Results.LISTED, "One evaluation: a flag for 10,000 listed users"));
        write(folder, "growth", growth(results));
        write(folder, "loading", times(results.loading(), "From a file of 10,000 flags to the first answer", results));
        write(
                folder,
                "change",
                times(results.change(), "From the replacement of the file to the changed answer", results));
        write(folder, "kill", kills(results));
        write(folder, "size", sizes(results));
    }

    private static void write(Path folder, String name, BarChart chart) throws IOException {
        if (!chart.bars().isEmpty()) {
            Files.writeString(folder.resolve(name + ".svg"), chart.svg());
        }
    }

    private static BarChart evaluations(Results results, String question, String title) {
        List<Bar> bars = new ArrayList<>();
        for (Contender contender : Tables.contenders(results, question)) {
            Tables.first(results, contender.name(), question)
                    .ifPresent(evaluation -> bars.add(new Bar(label(contender), evaluation.nanos(), style(contender))));
        }
        String subtitle = "average time, less is better; 1,024 users by turns, 1 thread, " + on(results)
                + "; * by its own API, without OpenFeature";
        return BarChart.of(title, subtitle, bars, Words::time);
    }

    private static String label(Contender contender) {
        return contender.title() + (contender.way() == Way.OWN_API ? " *" : "");
    }

    private static String style(Contender contender) {
        if (contender.isOurs()) {
            return "ours";
        }
        return contender.way() == Way.LEAST ? "base" : "other";
    }

    private static BarChart growth(Results results) {
        List<Bar> bars = new ArrayList<>();
        growth(results, "grow_flags_one", "one of %s flags", bars);
        growth(results, "grow_flags_all", "%s flags by turns", bars);
        growth(results, "grow_listed", "%s listed users", bars);
        growth(results, "grow_rules", "%s rules, none matches", bars);
        return new BarChart(
                "One evaluation of Agent Flags as a ruleset grows",
                "average time through the OpenFeature client, less is better; 1 thread, " + on(results),
                bars,
                BarChart.nice(bars.stream().mapToDouble(Bar::figure).max().orElse(1)),
                Words::time);
    }

    private static void growth(Results results, String what, String label, List<Bar> bars) {
        results.growth().stream()
                .filter(growth -> growth.what().equals(what))
                .sorted(Comparator.comparing(Growth::size))
                .forEach(growth ->
                        bars.add(new Bar(label.formatted(Words.count(growth.size())), growth.nanos(), "ours")));
    }

    private static BarChart times(List<Times> times, String title, Results results) {
        List<Bar> bars = times.stream()
                .sorted(Comparator.comparing(
                                (Times some) -> Contender.named(some.who()).isOurs() ? 0 : 1)
                        .thenComparing(Times::median))
                .map(some -> new Bar(
                        label(Contender.named(some.who())),
                        some.median() * NANOS_PER_MILLI,
                        style(Contender.named(some.who()))))
                .toList();
        return BarChart.of(title, "median, less is better; " + on(results), bars, Words::time);
    }

    private static BarChart kills(Results results) {
        List<Bar> bars = results.kills().stream()
                .filter(some -> some.millis().size() > 1) // the first one of two new JVMs is longer than all
                .map(some -> new Bar(some.who(), some.median() * NANOS_PER_MILLI, "ours"))
                .toList();
        return BarChart.of(
                "From a kill's API call until a provider's answer, or all subscribers' document, has changed",
                "median, less is better; over loopback, all on one machine; " + on(results),
                bars,
                Words::time);
    }

    private static BarChart sizes(Results results) {
        List<Bar> bars = results.sizes().stream()
                .map(size -> new Bar(
                        Tables.title(size.who()).replace("`", ""),
                        size.bytes(),
                        size.who().startsWith("agentflags-") ? "ours" : style(Contender.named(size.who()))))
                .toList();
        return new BarChart(
                "What a library brings with it",
                "size of its jars and of all that they need, less is better",
                bars,
                BarChart.nice(bars.stream().mapToDouble(Bar::figure).max().orElse(1)),
                Words::bytes);
    }

    private static String on(Results results) {
        return "JDK " + results.firstJdk();
    }
}
