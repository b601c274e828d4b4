package dev.agentflags.benchmarks.peers.report;

import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Tells those who wait what is being measured. */
final class Progress {

    private Progress() {}

    static void say(String format, Object... arguments) {
        System.out.println(LocalTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS) + "  "
                + String.format(Locale.ROOT, format, arguments));
    }
}
