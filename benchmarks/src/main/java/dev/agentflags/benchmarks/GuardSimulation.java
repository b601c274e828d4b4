package dev.agentflags.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Simulates guarded rollouts: how often the guard is wrong and how soon it is right, as tables in Markdown, beside fixed limits
 * and a z-test on the same streams.
 *
 * <p>Seeds are fixed, and each run has its own: the same sizes give the same numbers on any number of threads.
 */
public final class GuardSimulation {

    private static final String USAGE = """
            usage: benchmarks/guard [--quick] [--threads N] [--out FILE] [--resume] [SECTION ...]
              --quick      a tenth of the runs over a tenth of the events
              --threads N  as many as there are processors, unless set
              --out FILE   the report; each section is written when it has ended. Printed, unless set
              --resume     leave out sections that the report has
            sections:\s""";

    private GuardSimulation() {}

    /** What the command line says. */
    private record Options(
            boolean quick, int threads, @Nullable Path out, boolean resume, List<String> wanted) {

        static Options of(List<String> arguments) {
            boolean quick = false;
            boolean resume = false;
            int threads = Runtime.getRuntime().availableProcessors();
            Path out = null;
            List<String> wanted = new ArrayList<>();
            var rest = arguments.iterator();
            while (rest.hasNext()) {
                String argument = rest.next();
                switch (argument) {
                    case "--quick" -> quick = true;
                    case "--resume" -> resume = true;
                    case "--threads" -> threads = Integer.parseInt(rest.next());
                    case "--out" -> out = Path.of(rest.next());
                    default -> wanted.add(argument);
                }
            }
            return new Options(quick, threads, out, resume, wanted);
        }
    }

    /** Ends with status 1 if something is not reached, 2 if the arguments are wrong. */
    public static void main(String[] args) throws IOException, InterruptedException, ExecutionException {
        Options options = Options.of(List.of(args));
        var watch = new Watch();
        Map<String, Consumer<Page>> sections = sections(options.quick() ? Sizes.quick(watch) : Sizes.full(watch));
        if (!sections.keySet().containsAll(options.wanted())) {
            System.err.println(USAGE + String.join(" ", sections.keySet()));
            System.exit(2);
        }
        GuardReport report = GuardReport.open(options.out(), sections.keySet());
        var pool = new ForkJoinPool(options.threads());
        for (var section : sections.entrySet()) {
            String name = section.getKey();
            boolean wanted = options.wanted().isEmpty() || options.wanted().contains(name);
            if (wanted && !(options.resume() && report.has(name))) {
                watch.enter(name);
                long start = watch.seconds();
                var page = new Page();
                pool.submit(() -> section.getValue().accept(page)).get();
                report.put(name, page, watch.seconds() - start, options.threads());
            }
        }
        pool.shutdown();
        report.missed().forEach(row -> System.err.println("missed: " + row));
        System.err.println("took " + watch.seconds() + " s");
        System.exit(report.missed().isEmpty() ? 0 : 1);
    }

    private static Map<String, Consumer<Page>> sections(Sizes sizes) {
        var detections = new Detections(sizes);
        var falseAlarms = new FalseAlarms(sizes);
        var advances = new Advances(sizes);
        var rollouts = new WholeRollouts(sizes);
        Map<String, Consumer<Page>> sections = new LinkedHashMap<>();
        sections.put("null", falseAlarms::constant);
        sections.put("moving", falseAlarms::moving);
        sections.put("alike", falseAlarms::users);
        sections.put("others", falseAlarms::others);
        sections.put("detection", detections::known);
        sections.put("failure", detections::totalFailure);
        sections.put("late", detections::late);
        sections.put("latency", detections::latency);
        sections.put("users", detections::users);
        sections.put("grid", detections::grid);
        sections.put("advance", advances::known);
        sections.put("advance-grid", advances::grid);
        sections.put("rollouts", rollouts::guarded);
        sections.put("timed", rollouts::timed);
        sections.put("fleet", new Fleets(sizes)::alike);
        return sections;
    }
}
