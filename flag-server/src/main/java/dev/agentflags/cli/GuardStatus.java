package dev.agentflags.cli;

import dev.agentflags.cli.Paint.Tone;
import dev.agentflags.cli.Table.Cell;
import dev.agentflags.cli.Table.Column;
import dev.agentflags.guard.RateInterval;
import dev.agentflags.rollout.Checkpoint;
import dev.agentflags.rollout.GuardReport;
import dev.agentflags.rollout.State;
import java.io.PrintWriter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How guarded rollouts stand, to be shown.
 *
 * @param guarded the keys of the flags that should be guarded
 * @param reports of those that are
 */
record GuardStatus(List<String> guarded, List<GuardReport> reports) {

    /** The true share lies outside of the range that is shown with this probability. */
    private static final double INTERVAL_ALPHA = 0.05;

    private static final int BAR = 20;
    private static final double MOST_SHOWN = 1_000_000;

    void print(PrintWriter out, Screen screen) {
        String separator = "";
        for (String key : guarded) {
            out.print(separator);
            separator = System.lineSeparator();
            GuardReport report = report(key);
            if (report == null) {
                out.println(Printable.of(key) + " is not watched: nothing that guards has run over this file yet");
            } else {
                print(report, out, screen);
            }
        }
    }

    private @Nullable GuardReport report(String key) {
        return reports.stream()
                .filter(report -> report.flag().equals(key))
                .findFirst()
                .orElse(null);
    }

    private static void print(GuardReport report, PrintWriter out, Screen screen) {
        Paint paint = screen.out();
        out.println("%s  %s at %s %% since %s%s, rollout %d"
                .formatted(
                        paint.apply(Tone.STRONG, Printable.of(report.flag())),
                        paint.apply(tone(report.state()), state(report)),
                        Percent.plain(report.percentage()),
                        report.stageSince().truncatedTo(ChronoUnit.SECONDS),
                        report.dryRun() ? ", on a dry run" : "",
                        report.rollout()));
        if (report.stopped() != null) {
            out.println("  " + Printable.of(report.stopped()));
        }
        if (!report.waitsFor().isEmpty()) {
            out.println("  waits for " + Printable.of(report.waitsFor()));
        }
        out.println("  worse %s %s of %s"
                .formatted(
                        bar(report.evidence(), report.limit(), paint, Tone.BAD),
                        number(report.evidence()),
                        number(report.limit())));
        table(report).print(out, screen);
        out.println(paint.apply(Tone.FAINT, "  as of " + report.at().truncatedTo(ChronoUnit.SECONDS)));
    }

    private static String state(GuardReport report) {
        String state = report.state().name();
        return report.waiting() == null
                ? state
                : state + " ("
                        + report.waiting().name().toLowerCase(Locale.ROOT).replace('_', ' ') + ")";
    }

    private static Tone tone(State state) {
        return switch (state) {
            case RUNNING -> Tone.NOTABLE;
            case HOLDING -> Tone.DOUBTFUL;
            case STOPPED -> Tone.BAD;
            case DONE -> Tone.GOOD;
        };
    }

    private static Table table(GuardReport report) {
        var table = new Table(List.of(
                Column.text("  METRIC"),
                Column.text("ACTION"),
                Column.text("WITH IT"),
                Column.text("WITHOUT IT"),
                Column.number("WORSE"),
                Column.number("SAFE"),
                Column.longText("SAFE MEANS")));
        for (GuardReport.Metric metric : report.metrics()) {
            boolean isWorse = metric.evidence() >= report.limit();
            Double safe = metric.safe();
            boolean isSafe = safe != null && safe >= report.advanceLimit();
            table.row(List.of(
                    Cell.of("  " + lower(metric.name())),
                    Cell.of(lower(metric.action())),
                    Cell.of(group(metric.treatment(), report.units())),
                    Cell.of(group(metric.control(), report.units())),
                    new Cell(number(metric.evidence()), isWorse ? Tone.BAD : Tone.NORMAL),
                    new Cell(
                            safe == null ? "" : number(safe) + " of " + number(report.advanceLimit()),
                            isSafe ? Tone.GOOD : Tone.NORMAL),
                    Cell.of(metric.goal())));
        }
        return table;
    }

    /** Returns a group such as {@code 14 of 61 users, 23.0 % (12.5–37.2)}. */
    private static String group(GuardReport.Group group, String units) {
        RateInterval interval = group.interval(INTERVAL_ALPHA);
        String share = group.units() == 0
                ? ""
                : String.format(
                        Locale.ROOT,
                        ", %.1f %% (%.1f–%.1f)",
                        100.0 * group.bad() / group.units(),
                        100 * interval.low(),
                        100 * interval.high());
        Double above = group.above();
        String what = above == null ? "" : " above " + number(above);
        return String.format(Locale.ROOT, "%,d of %,d %s%s%s", group.bad(), group.units(), units, what, share);
    }

    /** Returns a bar that is full at the limit, on a logarithmic scale, with a mark where it ends. */
    static String bar(double evidence, double limit, Paint paint, Tone full) {
        double part = Math.max(0, Math.min(1, Math.log(Math.max(1, evidence)) / Math.log(limit)));
        int filled = evidence >= limit ? BAR : (int) Math.min(BAR - 1, Math.round(part * BAR));
        String text = "█".repeat(filled) + "░".repeat(BAR - filled);
        return paint.apply(filled == BAR ? full : Tone.NORMAL, text);
    }

    private static String number(double number) {
        if (number > MOST_SHOWN) {
            return "> 1,000,000";
        }
        return String.format(Locale.ROOT, number >= 10 ? "%,.0f" : "%.2f", number);
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    JsonObject json() {
        List<JsonObject> flags = new ArrayList<>();
        for (String key : guarded) {
            GuardReport report = report(key);
            flags.add(new JsonObject()
                    .put("flag", key)
                    .put("watched", report != null)
                    .put("report", report == null ? null : Checkpoint.value(report))
                    .put("intervals", report == null ? List.of() : intervals(report)));
        }
        return new JsonObject().put("flags", flags);
    }

    private static List<JsonObject> intervals(GuardReport report) {
        return report.metrics().stream()
                .map(metric -> new JsonObject()
                        .put("metric", lower(metric.name()))
                        .put("treatment", interval(metric.treatment()))
                        .put("control", interval(metric.control())))
                .toList();
    }

    private static JsonObject interval(GuardReport.Group group) {
        RateInterval interval = group.interval(INTERVAL_ALPHA);
        return new JsonObject().put("low", interval.low()).put("high", interval.high());
    }
}
