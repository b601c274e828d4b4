package dev.agentflags.benchmarks.peers.report;

import dev.agentflags.benchmarks.peers.report.Bars.Bar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures everything, writes the figures, the table and the charts, and prints whether the bars hold. A quick run writes to {@code
 * benchmarks/target/peers}, so that its figures are not taken for those of a whole one.
 */
public final class Main {

    private Main() {}

    /**
     * Takes the project's root; then, if wanted, {@code --quick}, or {@code --again} to make the table and the charts anew from the
     * figures of the last run. Ends with status 1 if a bar does not hold.
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        List<String> options = new ArrayList<>(List.of(args));
        Path root = Path.of(options.remove(0)).toRealPath();
        boolean quick = options.remove("--quick");
        boolean again = options.remove("--again");
        if (!options.isEmpty()) {
            throw new IllegalArgumentException("expected --quick or --again, found " + options);
        }
        Path folder = root.resolve(quick ? "benchmarks/target/peers" : "benchmarks");
        Path figures = Files.createDirectories(folder.resolve("results")).resolve("peers.json");
        Results results;
        if (again) {
            results = Results.read(figures);
        } else {
            results = new Comparison(root, quick ? Pace.QUICK : Pace.FULL, Jdk.installed()).run();
            results.write(figures);
        }
        Charts.write(results, Files.createDirectories(folder.resolve("charts")));
        Readme.write(results, folder.resolve("README.md"));
        print(results);
    }

    private static void print(Results results) {
        System.out.println();
        System.out.println(Tables.of(results));
        List<Bar> bars = Bars.of(results);
        bars.forEach(bar -> System.out.println(bar.line()));
        if (!bars.stream().allMatch(Bar::holds)) {
            System.exit(1);
        }
    }
}
