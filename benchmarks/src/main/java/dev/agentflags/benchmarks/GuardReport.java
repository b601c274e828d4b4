package dev.agentflags.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The report of the guard's simulation: a file in Markdown, of which each section can be replaced alone. Not safe for use by
 * many threads.
 */
final class GuardReport {

    private static final Pattern SECTION =
            Pattern.compile("<!-- section (\\S+) -->\n(.*?)<!-- end -->\n", Pattern.DOTALL);

    private final @Nullable Path file;
    private final Collection<String> order;
    private final Map<String, String> sections = new LinkedHashMap<>();

    private GuardReport(@Nullable Path file, Collection<String> order) {
        this.file = file;
        this.order = order;
    }

    /**
     * Opens a report.
     *
     * @param file that may be there, or null to print each section on standard output
     * @param order the names of the sections
     */
    static GuardReport open(@Nullable Path file, Collection<String> order) throws IOException {
        var report = new GuardReport(file, order);
        if (file != null && Files.exists(file)) {
            Matcher found = SECTION.matcher(Files.readString(file, StandardCharsets.UTF_8));
            while (found.find()) {
                report.sections.put(found.group(1), found.group(2));
            }
        }
        return report;
    }

    boolean has(String section) {
        return sections.containsKey(section);
    }

    /** Puts a section in its place, and writes the file. */
    void put(String name, Page page, long seconds, int threads) throws IOException {
        String text = page + "\n<sub>" + LocalDate.now(ZoneOffset.UTC) + ", " + seconds + " s on " + threads
                + (threads == 1 ? " thread" : " threads") + "</sub>\n\n";
        sections.put(name, text);
        if (file == null) {
            System.out.println(text);
        } else {
            Files.writeString(file, toString(), StandardCharsets.UTF_8);
        }
    }

    /** Returns the rows that miss what they have to reach. */
    List<String> missed() {
        return rows(Page.MISSED);
    }

    private List<String> rows(String mark) {
        List<String> rows = new ArrayList<>();
        for (String name : order) {
            sections.getOrDefault(name, "")
                    .lines()
                    .filter(line -> line.contains(mark))
                    .forEach(rows::add);
        }
        return rows;
    }

    private static long count(String mark, String text) {
        return text.split(mark, -1).length - 1L;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (String name : order) {
            String section = sections.get(name);
            if (section != null) {
                text.append("<!-- section ")
                        .append(name)
                        .append(" -->\n")
                        .append(section)
                        .append("<!-- end -->\n");
            }
        }
        return head(text.toString()) + text;
    }

    private String head(String text) {
        long held = count(Page.HELD, text);
        long missed = count(Page.MISSED, text);
        return """
                # The guard, simulated

                Written by `benchmarks/guard`; do not edit. JDK %s; seed %d: the same runs whatever the number of threads.

                A figure with ✓ or ✗ has something to reach: a level that false alarms must keep, within three standard errors of the
                simulation; or, for a delay, what the method's first and independent simulation came to, within 5 %%.
                **%d reached, %d missed.** Other rules see the same streams; a vendor's name means its published example in our own words,
                not a measurement of its product.
                %s
                """.formatted(
                        System.getProperty("java.version"),
                        Runs.SEED,
                        held,
                        missed,
                        order.size() == sections.size()
                                ? ""
                                : "\nNot simulated yet: "
                                        + String.join(
                                                ", ",
                                                order.stream()
                                                        .filter(name -> !has(name))
                                                        .toList())
                                        + ".\n");
    }
}
