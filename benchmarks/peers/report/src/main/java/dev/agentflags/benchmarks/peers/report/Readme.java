package dev.agentflags.benchmarks.peers.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The page that shows the figures, of which a part between two marks is written by the run. */
final class Readme {

    private static final String BEGIN = "<!-- peers: written by benchmarks/run --peers -->";
    private static final String END = "<!-- peers: end -->";

    private Readme() {}

    /** Replaces what is between the marks; a page that is not there yet becomes one of that part alone. */
    static void write(Results results, Path page) throws IOException {
        String text = Files.exists(page) ? Files.readString(page) : BEGIN + "\n" + END + "\n";
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IOException(
                    page + ": expected the marks \"" + BEGIN + "\" and \"" + END + "\", one after the other");
        }
        Files.writeString(
                page, text.substring(0, begin) + BEGIN + "\n\n" + Tables.of(results) + "\n" + text.substring(end));
    }
}
