package dev.agentflags.benchmarks.peers.report;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** The machine that a run was made on. */
final class Machine {

    private static final Path CPUS = Path.of("/proc/cpuinfo");

    private Machine() {}

    /** Returns its processors, memory and system, without what would tell one such machine from another. */
    static String inWords() throws IOException {
        var system = ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class);
        return String.format(
                Locale.ROOT,
                "%d processors%s, %.0f GiB of memory, %s on %s",
                system.getAvailableProcessors(),
                model(),
                system.getTotalMemorySize() / (double) (1 << 30),
                system.getName(),
                system.getArch());
    }

    private static String model() throws IOException {
        if (!Files.isReadable(CPUS)) {
            return "";
        }
        return Files.readAllLines(CPUS).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> " (" + line.substring(line.indexOf(':') + 1).strip() + ")")
                .findFirst()
                .orElse("");
    }
}
