package dev.agentflags.benchmarks.peers.report;

import dev.agentflags.benchmarks.peers.report.Results.Heap;
import dev.agentflags.benchmarks.peers.report.Results.Size;
import dev.agentflags.benchmarks.peers.report.Results.Times;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** One run of everything, part by part, each in JVMs of its own. Not safe for use by many threads. */
final class Comparison {

    private static final List<String> GROWN = List.of("flags", "users", "rules");
    private static final Map<String, List<Integer>> HEAPS = Map.of(
            "flags", List.of(10, 1_000, 100_000),
            "users", List.of(10, 10_000, 1_000_000),
            "rules", List.of(1, 10, 100));
    private static final List<String> OUR_MODULES =
            List.of("core", "provider-file", "provider-remote", "agent-integration");

    private final Path root;
    private final ClassPaths classPaths;
    private final Pace pace;
    private final Map<Integer, Jdk> jdks;
    private final Jdk first;
    private final NotMeasured notMeasured = new NotMeasured();

    Comparison(Path root, Pace pace, Map<Integer, Jdk> jdks) {
        this.root = root;
        this.classPaths = new ClassPaths(root);
        this.pace = pace;
        this.jdks = new TreeMap<>(jdks);
        this.first = this.jdks.values().iterator().next();
    }

    Results run() throws IOException, InterruptedException {
        List<Contender> contenders = built();
        Map<String, String> versions = new LinkedHashMap<>();
        for (Contender contender : contenders) {
            versions.put(contender.name(), classPaths.version(contender));
        }
        Map<String, String> versionsOfJdks = new LinkedHashMap<>();
        jdks.forEach((feature, jdk) -> versionsOfJdks.put(Integer.toString(feature), jdk.version()));
        var evaluations = new Evaluations(classPaths, pace, jdks.values(), notMeasured);
        var files = new FileRuns(classPaths, pace, first, notMeasured);
        // what takes minutes first: whoever waits for the rest sees that it works
        var loading = files.loading(contenders);
        var change = files.change(contenders);
        var kills = kills();
        var startUp = startUp();
        return new Results(
                LocalDate.now(ZoneOffset.UTC).toString(),
                Machine.inWords(),
                versionsOfJdks,
                versions,
                evaluations.of(contenders),
                evaluations.growth(first),
                heap(),
                loading,
                change,
                kills,
                startUp,
                sizes(contenders),
                notMeasured.reasons());
    }

    private List<Contender> built() throws IOException {
        List<Contender> built = new ArrayList<>();
        for (Contender contender : Contender.ALL) {
            if (classPaths.has(contender)) {
                built.add(contender);
            } else {
                notMeasured.notBuilt(contender);
            }
        }
        return built;
    }

    private List<Heap> heap() throws IOException, InterruptedException {
        List<Heap> heap = new ArrayList<>();
        for (String what : GROWN) {
            for (int size : HEAPS.getOrDefault(what, List.of())) {
                Progress.say("heap of %d %s", size, what);
                List<String> said = Command.run(List.of(
                        first.java(),
                        "-XX:+UseSerialGC",
                        "-cp",
                        classPaths.benchmarks(),
                        "dev.agentflags.benchmarks.Heap",
                        what,
                        Integer.toString(size)));
                heap.add(new Heap(what, size, Long.parseLong(said.get(said.size() - 1))));
            }
        }
        return heap;
    }

    private List<Times> kills() throws IOException, InterruptedException {
        Progress.say("kills over the server, up to 5,000 subscribers");
        return Command.run(List.of(
                        first.java(),
                        "-cp",
                        classPaths.benchmarks(),
                        "dev.agentflags.benchmarks.delivery.Delivery",
                        "--raw"))
                .stream()
                .filter(line -> line.indexOf('\t') > 0)
                .map(line -> line.split("\t", 2))
                .map(parts -> new Times(
                        parts[0],
                        Stream.of(parts[1].split(" ", -1)).map(Double::valueOf).toList()))
                .toList();
    }

    private List<Times> startUp() throws IOException, InterruptedException {
        Progress.say("start-up");
        List<String> evaluate = List.of(
                root.resolve("agentflags").toString(),
                "evaluate",
                "--flags",
                root.resolve("examples/flags.json").toString(),
                "--user",
                "alice");
        return List.of(
                starts("agentflags evaluate", evaluate), starts("java -version", List.of(first.java(), "-version")));
    }

    /** The first start is not counted: it may build, and fills the caches of the system. */
    private Times starts(String who, List<String> command) throws IOException, InterruptedException {
        Command.run(command);
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < pace.starts(); i++) {
            long begun = System.nanoTime();
            Command.run(command);
            millis.add((System.nanoTime() - begun) / 1e6);
        }
        return new Times(who, millis);
    }

    private List<Size> sizes(List<Contender> contenders) throws IOException {
        List<Size> sizes = new ArrayList<>();
        for (String module : OUR_MODULES) {
            classPaths.size(module).ifPresent(sizes::add);
        }
        for (Contender contender : contenders) {
            if (!contender.isOurs() && !contender.equals(Contender.BY_HAND)) {
                sizes.add(classPaths.size(contender));
            }
        }
        return sizes;
    }
}
