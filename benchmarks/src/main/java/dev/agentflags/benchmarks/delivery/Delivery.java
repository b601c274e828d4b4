package dev.agentflags.benchmarks.delivery;

import dev.agentflags.admin.AdminException;
import dev.agentflags.admin.FlagAdmin;
import dev.agentflags.admin.Outcome;
import dev.agentflags.benchmarks.delivery.ServerProcess.Memory;
import dev.agentflags.remote.RemoteFlags;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Prints how long a kill takes, from the API call until those who follow the server have it: a provider in another process, and
 * fleets of up to 5,000 subscribers. Every row is measured with a document of about 100 kB, over loopback.
 */
public final class Delivery {

    private static final int[] FLEETS = {1, 100, 1_000, 5_000};
    private static final int WARM_UP = 100;
    private static final int KILLS = 300;
    private static final int FLAGS = WARM_UP + KILLS;
    private static final Duration BETWEEN = Duration.ofMillis(50);
    private static final int FLEET_KILLS = 20;
    private static final int STALLED = 2;
    private static final double MILLISECOND = 1e6;

    private static final String RAW = "--raw";

    private final ServerProcess server;
    private final boolean raw;
    private final FlagAdmin admin;

    private Delivery(ServerProcess server, boolean raw) {
        this.server = server;
        this.raw = raw;
        this.admin = RemoteFlags.builder(server.address().toString()).admin("benchmark");
    }

    /** Takes nothing, or {@code --raw} to print every time in milliseconds, a row for each line, instead of distributions. */
    public static void main(String[] args) throws Exception {
        Path directory = Files.createTempDirectory("agentflags-delivery");
        try {
            Path document = directory.resolve("flags.json");
            Files.writeString(document, document());
            System.out.printf("document: %,d bytes%n", Files.size(document));
            try (ServerProcess server = ServerProcess.start(document)) {
                var delivery = new Delivery(server, List.of(args).contains(RAW));
                delivery.provider();
                delivery.fleets();
            }
        } finally {
            delete(directory);
        }
    }

    private static String document() {
        return IntStream.range(0, FLAGS)
                .mapToObj(i -> """
                        "flag-%d": { "status": "percentage", "percentage": %d, "description": "Number %d",
                          "targeted_users": ["qa-%d", "user-%d"], "targeted_plans": ["enterprise"],
                          "rules": [ { "id": "eu", "when": { "attribute": "region", "op": "in", "values": ["de", "fr"] },
                                       "serve": "off" } ] }""".formatted(i, i % 101, i, i * 7, i * 31))
                .collect(Collectors.joining(
                        ",\n", "{\"version\": 1, \"lineage\": \"benchmark\", \"serial\": 1, \"flags\": {\n", "\n}}"));
    }

    private void provider() throws AdminException, InterruptedException {
        try (var follower = new Follower(server.address())) {
            double[] first = kill(follower, 0, WARM_UP);
            double[] then = kill(follower, WARM_UP, KILLS);
            print("one provider, the first kill", first[0]);
            print("one provider, the first " + WARM_UP + " kills", first);
            print("one provider, the next " + KILLS + " kills", then);
        }
    }

    /** Kills another flag each time: providers are in no hurry to revive one. */
    private double[] kill(Follower follower, int from, int count) throws InterruptedException {
        double[] times = new double[count];
        for (int i = 0; i < count; i++) {
            String flag = "flag-" + (from + i);
            times[i] = follower.timeUntilKilled(flag, () -> admin.kill(flag, "measuring"));
            Thread.sleep(BETWEEN.toMillis());
        }
        return times;
    }

    private void fleets() throws IOException, TimeoutException, InterruptedException, AdminException {
        try (var fleet = new Fleet(server.address())) {
            fleet.grow(1, 1);
            Memory alone = server.memory();
            for (int size : FLEETS) {
                fleet.grow(size, 1);
                measure(fleet, "%,d subscribers".formatted(size));
            }
            Memory all = server.memory();
            int more = fleet.size() - 1;
            System.out.printf(
                    "memory of the server for each subscriber, a stream and a connection that is kept: %,d bytes in use,"
                            + " %,d resident with what is free in the heap%n",
                    (all.used() - alone.used()) / more, (all.resident() - alone.resident()) / more);
            fleet.stall(STALLED);
            measure(fleet, "%,d and %d that never read".formatted(fleet.size(), STALLED));
        }
    }

    private void measure(Fleet fleet, String name) throws AdminException, IOException, TimeoutException {
        double[] told = new double[FLEET_KILLS];
        double[] held = new double[FLEET_KILLS];
        for (int i = 0; i < FLEET_KILLS; i++) {
            Outcome revived = admin.revive("flag-0", "measuring");
            fleet.await(serial(revived));
            long start = System.nanoTime();
            fleet.await(serial(admin.kill("flag-0", "measuring")));
            told[i] = Arrays.stream(fleet.announcedAfter(start)).max().orElseThrow();
            held[i] = Arrays.stream(fleet.heldAfter(start)).max().orElseThrow();
        }
        print(name + ": told", told);
        print(name + ": have it", held);
    }

    private static long serial(Outcome outcome) {
        Long serial = outcome.serial();
        if (serial == null) {
            throw new IllegalStateException("the document has no serial");
        }
        return serial;
    }

    private void print(String what, double... nanos) {
        if (raw) {
            System.out.println(what + "\t"
                    + Arrays.stream(nanos)
                            .mapToObj(time -> String.format(Locale.ROOT, "%.2f", time / MILLISECOND))
                            .collect(Collectors.joining(" ")));
        } else {
            System.out.println(what + ": " + distribution(nanos));
        }
    }

    private static String distribution(double... nanos) {
        double[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return String.format(
                Locale.ROOT,
                "p50 %.1f ms, p90 %.1f ms, p99 %.1f ms, max %.1f ms",
                at(0.50, sorted),
                at(0.90, sorted),
                at(0.99, sorted),
                at(1, sorted));
    }

    private static double at(double part, double... sorted) {
        return sorted[(int) Math.ceil(part * sorted.length) - 1] / MILLISECOND;
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
