package dev.agentflags.benchmarks;

import dev.agentflags.benchmarks.Bars.Bar;
import dev.agentflags.benchmarks.Bars.Row;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs the benchmarks with allocation counted, then prints each row, and whether the bars hold. Takes JMH's own options. */
public final class Main {

    private Main() {}

    /** Ends with status 1 if a bar does not hold. */
    public static void main(String[] args) throws RunnerException, CommandLineOptionException {
        var options = new OptionsBuilder()
                .parent(new CommandLineOptions(args))
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .build();
        Map<String, Row> rows = new TreeMap<>();
        for (RunResult result : new Runner(options).run()) {
            rows.put(name(result.getParams()), row(result));
        }
        System.out.println();
        rows.forEach((name, row) -> System.out.printf("%-30s %12.3f %12.1f B%n", name, row.time(), row.bytes()));
        System.out.println();
        boolean allHold = true;
        for (Bar bar : Bars.of(rows)) {
            allHold &= bar.holds();
            System.out.printf(
                    "%-6s %8.3f <= %6.2f  %s%n",
                    bar.holds() ? "holds" : "MISSED", bar.figure(), bar.limit(), bar.what());
        }
        if (!allHold) {
            System.exit(1);
        }
    }

    /** Returns the method's name, and the values of its parameters, such as {@code grow_listed 10000}. */
    private static String name(BenchmarkParams params) {
        String method = params.getBenchmark().substring(params.getBenchmark().lastIndexOf('.') + 1);
        return Stream.concat(Stream.of(method), params.getParamsKeys().stream().map(params::getParam))
                .collect(Collectors.joining(" "));
    }

    private static Row row(RunResult result) {
        Result<?> allocated = result.getSecondaryResults().get("gc.alloc.rate.norm");
        return new Row(result.getPrimaryResult().getScore(), allocated == null ? Double.NaN : allocated.getScore());
    }
}
