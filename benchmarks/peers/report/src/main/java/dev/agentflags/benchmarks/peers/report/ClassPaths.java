package dev.agentflags.benchmarks.peers.report;

import dev.agentflags.benchmarks.peers.report.Results.Size;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The class paths that the build resolved, one for each module.
 *
 * @param root of the project
 */
record ClassPaths(Path root) {

    private static final String HARNESS = "harness";

    /** Whether a peer's module was built. */
    boolean has(Contender contender) throws IOException {
        Path module = peer(contender.module());
        return Files.exists(resolved(module)) && jar(module).isPresent();
    }

    /** Returns what a contender runs with: its own libraries first, then what measures it. */
    String of(Contender contender) throws IOException {
        return Stream.of(whole(peer(contender.module())), whole(peer(HARNESS)))
                .flatMap(List::stream)
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Returns the harness alone. */
    String harness() throws IOException {
        return String.join(File.pathSeparator, whole(peer(HARNESS)));
    }

    String benchmarks() {
        return root.resolve("benchmarks/target/benchmarks.jar").toString();
    }

    /** Returns a contender's version, from the name of its jar. */
    String version(Contender contender) throws IOException {
        String start = contender.artifact() + "-";
        return resolvedJars(peer(contender.module())).stream()
                .map(jar -> Path.of(jar).getFileName().toString())
                .filter(name -> name.startsWith(start) && Character.isDigit(name.charAt(start.length())))
                .map(name -> name.substring(start.length(), name.length() - ".jar".length()))
                .findFirst()
                .orElseThrow(() -> new IOException(
                        "expected " + contender.artifact() + " on the class path of " + contender.name()));
    }

    /** Returns what a contender brings with it. */
    Size size(Contender contender) throws IOException {
        return size(contender.name(), resolvedJars(peer(contender.module())));
    }

    /** Returns what one of our own modules brings with it. */
    Optional<Size> size(String module) throws IOException {
        Path folder = root.resolve(module);
        if (!Files.exists(resolved(folder)) || jar(folder).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(size("agentflags-" + module, whole(folder)));
    }

    private static Size size(String who, List<String> jars) throws IOException {
        int classes = 0;
        long bytes = 0;
        for (String jar : jars) {
            bytes += Files.size(Path.of(jar));
            classes += classes(jar);
        }
        return new Size(who, jars.size(), classes, bytes);
    }

    private static int classes(String jar) throws IOException {
        try (var file = new JarFile(jar)) {
            return (int) file.stream()
                    .map(JarEntry::getName)
                    .filter(name -> name.endsWith(".class") && !name.startsWith("META-INF/"))
                    .filter(name -> !name.endsWith("module-info.class"))
                    .count();
        }
    }

    private Path peer(String module) {
        return root.resolve("benchmarks/peers").resolve(module);
    }

    /** Returns a module's own jar and all that it needs. */
    private static List<String> whole(Path module) throws IOException {
        List<String> jars = new ArrayList<>();
        jars.add(jar(module)
                .orElseThrow(() -> new IOException("expected the jar of " + module.getFileName() + " to be built"))
                .toString());
        jars.addAll(resolvedJars(module));
        return jars;
    }

    private static List<String> resolvedJars(Path module) throws IOException {
        String line = Files.readString(resolved(module)).strip();
        return line.isEmpty() ? List.of() : List.of(line.split(File.pathSeparator));
    }

    private static Path resolved(Path module) {
        return module.resolve("target/class-path");
    }

    private static Optional<Path> jar(Path module) throws IOException {
        Path target = module.resolve("target");
        if (!Files.isDirectory(target)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(file -> file.getFileName().toString().matches("agentflags-.*[0-9](-SNAPSHOT)?\\.jar"))
                    .findFirst();
        }
    }
}
