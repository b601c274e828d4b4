package dev.agentflags.benchmarks.peers.report;

import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Tells those who wait what is being measured. */
final class Progress {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    private Progress() {}

    static void say(String format, Object... arguments) {
        System.out.println(TIME.format(LocalTime.now(ZoneId.systemDefault())) + "  "
                + String.format(Locale.ROOT, format, arguments));
    }
}
