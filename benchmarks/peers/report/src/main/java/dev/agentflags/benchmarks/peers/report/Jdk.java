package dev.agentflags.benchmarks.peers.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A Java to measure on.
 *
 * @param home where it is installed
 * @param feature its feature version, such as 17
 * @param version in full
 */
record Jdk(Path home, int feature, String version) {

    /** Returns the one that runs this, and the newest one that is installed beside it; by feature version. */
    static Map<Integer, Jdk> installed() throws IOException {
        Map<Integer, Jdk> found = new TreeMap<>();
        Jdk running = of(Path.of(System.getProperty("java.home")).toRealPath());
        found.put(running.feature(), running);
        Path parent = running.home().getParent();
        if (parent == null) {
            return found;
        }
        TreeMap<Integer, Jdk> beside = new TreeMap<>();
        try (Stream<Path> homes = Files.list(parent)) {
            for (Path home : homes.sorted().toList()) {
                if (Files.exists(home.resolve("release")) && Files.exists(home.resolve("bin/java"))) {
                    Jdk jdk = of(home);
                    beside.put(jdk.feature(), jdk);
                }
            }
        }
        if (!beside.isEmpty()) {
            found.putIfAbsent(beside.lastKey(), beside.lastEntry().getValue());
        }
        return found;
    }

    private static Jdk of(Path home) throws IOException {
        var release = new Properties();
        try (var in = Files.newBufferedReader(home.resolve("release"))) {
            release.load(in);
        }
        String version = release.getProperty("JAVA_VERSION", "0").replace("\"", "");
        return new Jdk(home, Runtime.Version.parse(version).feature(), version);
    }

    String java() {
        return home.resolve("bin").resolve("java").toString();
    }
}
