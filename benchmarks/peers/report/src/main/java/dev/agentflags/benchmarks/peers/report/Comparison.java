package dev.agentflags.benchmarks.peers.report;

import dev.agentflags.benchmarks.peers.report.Results.Evaluation;
import dev.agentflags.benchmarks.peers.report.Results.Growth;
import dev.agentflags.benchmarks.peers.report.Results.Heap;
import dev.agentflags.benchmarks.peers.report.Results.Size;
import dev.agentflags.benchmarks.peers.report.Results.Times;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** One run of everything, part by part, each in JVMs of its own. Not safe for use by many threads. */
final class Comparison {

    private static final int MANY_FLAGS = 10_000;
    private static final int CHANGED_FLAGS = 1_000;
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
    private final Map<String, String> notMeasured = new TreeMap<>(NotMeasured.REASONS);

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
        var evaluations = evaluations(contenders);
        var growth = growth();
        var heap = heap();
        var loading = loading(contenders);
        var change = change(contenders);
        var kills = kills();
        var startUp = startUp();
        var sizes = sizes(contenders);
        Map<String, String> versionsOfJdks = new LinkedHashMap<>();
        jdks.forEach((feature, jdk) -> versionsOfJdks.put(Integer.toString(feature), jdk.version()));
        return new Results(
                LocalDate.now(ZoneOffset.UTC).toString(),
                Machine.inWords(),
                versionsOfJdks,
                versions,
                evaluations,
                growth,
                heap,
                loading,
                change,
                kills,
                startUp,
                sizes,
                notMeasured);
    }

    private List<Contender> built() throws IOException {
        List<Contender> built = new ArrayList<>();
        for (Contender contender : Contender.ALL) {
            if (classPaths.has(contender)) {
                built.add(contender);
            } else {
                notMeasured.put(contender.title(), "its module could not be built");
            }
        }
        return built;
    }

    private List<Evaluation> evaluations(List<Contender> contenders) throws InterruptedException, IOException {
        List<Evaluation> all = new ArrayList<>();
        for (int threads : pace.threads()) {
            for (Jdk jdk : jdks.values()) {
                all.addAll(digest(jdk, threads));
                for (Contender contender : contenders) {
                    all.addAll(evaluations(contender, jdk, threads));
                }
            }
        }
        return all;
    }

    private List<Evaluation> digest(Jdk jdk, int threads) throws IOException, InterruptedException {
        progress("digest, JDK %d, threads: %d", jdk.feature(), threads);
        return Jmh.run(jdk, classPaths.harness(), jmh(threads == 1 ? pace.forks() : 1, threads, "BareDigest")).stream()
                .map(row -> evaluation(Results.DIGEST, Results.ROLLOUT, jdk, threads, row))
                .toList();
    }

    /** A peer that fails is left out, with the reason; ours may not fail. */
    private List<Evaluation> evaluations(Contender contender, Jdk jdk, int threads) throws InterruptedException {
        progress("%s, JDK %d, threads: %d", contender.name(), jdk.feature(), threads);
        int forks = contender.isHeldAgainst() && threads == 1 ? pace.forks() : 1;
        try {
            return Jmh.run(
                            jdk,
                            classPaths.of(contender),
                            jmh(forks, threads, "PeerEvaluation", "-p", "peer=" + contender.name()))
                    .stream()
                    .map(row -> evaluation(contender.name(), row.method(), jdk, threads, row))
                    .toList();
        } catch (IOException e) {
            failed(contender, "its answers on JDK " + jdk.feature(), e);
            return List.of();
        }
    }

    private static Evaluation evaluation(String who, String question, Jdk jdk, int threads, Jmh.Row row) {
        return new Evaluation(who, question, jdk.feature(), threads, row.score(), row.error(), row.bytes(), row.raw());
    }

    private List<String> jmh(int forks, int threads, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(pace.jmh(forks));
        all.addAll(List.of("-t", Integer.toString(threads)));
        return all;
    }

    private List<Growth> growth() throws IOException, InterruptedException {
        progress("growth");
        return Jmh.run(first, classPaths.benchmarks(), jmh(pace.forks() > 1 ? 2 : 1, 1, "GrowthOf")).stream()
                .map(row -> new Growth(
                        row.method(),
                        Integer.parseInt(row.parameter()),
                        row.score(),
                        row.error(),
                        row.bytes(),
                        row.raw()))
                .toList();
    }

    private List<Heap> heap() throws IOException, InterruptedException {
        List<Heap> heap = new ArrayList<>();
        for (String what : GROWN) {
            for (int size : HEAPS.getOrDefault(what, List.of())) {
                progress("heap of %d %s", size, what);
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

    private List<Times> loading(List<Contender> contenders) throws IOException, InterruptedException {
        List<Times> loading = new ArrayList<>();
        for (Contender contender : contenders) {
            if (contender.followsFile()) {
                progress("loading, %s", contender.name());
                inDirectory(directory -> loading(contender, directory.resolve("flags.json")))
                        .ifPresent(loading::add);
            }
        }
        return loading;
    }

    private Optional<Times> loading(Contender contender, Path file) throws InterruptedException {
        try {
            fileTimes(contender, "write", file, MANY_FLAGS);
            List<Double> millis = new ArrayList<>();
            for (int i = 0; i < pace.loads(); i++) {
                millis.addAll(fileTimes(contender, "load", file));
            }
            return Optional.of(new Times(contender.name(), millis));
        } catch (IOException e) {
            failed(contender, "loading", e);
            return Optional.empty();
        }
    }

    private List<Times> change(List<Contender> contenders) throws IOException, InterruptedException {
        List<Times> change = new ArrayList<>();
        for (Contender contender : contenders) {
            if (contender.followsFile()) {
                progress("change, %s", contender.name());
                inDirectory(directory -> change(contender, directory.resolve("flags.json")))
                        .ifPresent(change::add);
            }
        }
        return change;
    }

    private Optional<Times> change(Contender contender, Path file) throws InterruptedException {
        int rounds = contender.polls() ? pace.slowChanges() : pace.changes();
        try {
            return Optional.of(
                    new Times(contender.name(), fileTimes(contender, "change", file, CHANGED_FLAGS, rounds)));
        } catch (IOException e) {
            failed(contender, "a change of its file", e);
            return Optional.empty();
        }
    }

    private List<Double> fileTimes(Contender contender, String what, Path file, int... numbers)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                first.java(),
                "-cp",
                classPaths.of(contender),
                "dev.agentflags.benchmarks.peers.FileTimes",
                what,
                contender.name(),
                file.toString()));
        for (int number : numbers) {
            command.add(Integer.toString(number));
        }
        return Command.run(command).stream()
                .filter(line -> line.matches("[0-9]+\\.[0-9]+"))
                .map(Double::valueOf)
                .toList();
    }

    private List<Times> kills() throws IOException, InterruptedException {
        progress("kills over the server, up to 5,000 subscribers");
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
        progress("start-up");
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
            if (!contender.isOurs()) {
                sizes.add(classPaths.size(contender));
            }
        }
        return sizes;
    }

    private void failed(Contender contender, String what, IOException e) {
        System.err.println(contender.name() + " failed: " + e.getMessage());
        notMeasured.put(contender.title() + ": " + what, "it failed in this run");
    }

    private static void progress(String what, Object... arguments) {
        System.out.printf("%tT  " + what + "%n", prepend(System.currentTimeMillis(), arguments));
    }

    private static Object[] prepend(Object first, Object... rest) {
        Object[] all = new Object[rest.length + 1];
        all[0] = first;
        System.arraycopy(rest, 0, all, 1, rest.length);
        return all;
    }

    private static <T> T inDirectory(Use<T> use) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("peers-");
        try {
            return use.of(directory);
        } finally {
            try (var files = Files.list(directory)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(directory);
        }
    }

    private interface Use<T> {

        T of(Path directory) throws IOException, InterruptedException;
    }
}
