package dev.agentflags.cli;

import dev.agentflags.cli.Flips.Group;
import dev.agentflags.cli.Paint.Tone;
import dev.agentflags.cli.ReplayedGuard.Acted;
import dev.agentflags.cli.ReplayedGuard.Watched;
import dev.agentflags.cli.Table.Cell;
import dev.agentflags.cli.Table.Column;
import dev.agentflags.model.FlagValue;
import dev.agentflags.rollout.GuardReport;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a replay came to, in words and tables, or as JSON. */
record ReplayReport(Replay replay, Replay.Result result) {

    private static final String DRY_RUN = "on a dry run, would be ";

    void print(PrintWriter out, Screen screen) {
        if (result.turns() == 0) {
            out.println("no turns");
            return;
        }
        out.println("%s turns of %s users, %s to %s"
                .formatted(count(result.turns()), count(result.users()), result.first(), result.last()));
        title(out, screen, "Who has what, by the first turn of each user");
        flips().print(out, screen);
        if (result.flips().stream().anyMatch(one -> one.all().hasFlips())) {
            title(out, screen, "By plan");
            plans().print(out, screen);
            out.println();
            result.flips().forEach(one -> {
                named(out, one.key(), "gain it", one.all().gain(), one.gains());
                named(out, one.key(), "lose it", one.all().lose(), one.losses());
            });
        }
        title(out, screen, "The guard, had this traffic come");
        if (result.watched().isEmpty()) {
            out.println("nothing to compare: none of these flags is rolled out to a part of the users");
        }
        result.watched().forEach(one -> print(out, one));
    }

    private static void title(PrintWriter out, Screen screen, String title) {
        out.println();
        out.println(screen.out().apply(Tone.STRONG, title));
    }

    private static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    private Table flips() {
        var table = new Table(List.of(
                Column.text("FLAG"),
                Column.number("USERS"),
                Column.number("ON"),
                Column.number("SHARE"),
                Column.number("COMPARED"),
                Column.number("ON BEFORE"),
                Column.number("GAIN IT"),
                Column.number("LOSE IT"),
                Column.number("OTHER")));
        for (Flips one : result.flips()) {
            Group all = one.all();
            boolean compared = all.compared() > 0;
            table.row(List.of(
                    Cell.of(one.key()),
                    Cell.of(count(all.users())),
                    Cell.of(count(all.onNow())),
                    Cell.of(Percent.share(all.onNow(), all.users())),
                    compared ? Cell.of(count(all.compared())) : Cell.NONE,
                    compared ? Cell.of(count(all.onBefore())) : Cell.NONE,
                    compared ? flipped(all.gain()) : Cell.NONE,
                    compared ? flipped(all.lose()) : Cell.NONE,
                    compared ? flipped(all.other()) : Cell.NONE));
        }
        return table;
    }

    private static Cell flipped(long users) {
        return new Cell(count(users), users == 0 ? Tone.FAINT : Tone.NOTABLE);
    }

    private Table plans() {
        var table = new Table(List.of(
                Column.text("FLAG"),
                Column.text("PLAN"),
                Column.number("USERS"),
                Column.number("GAIN IT"),
                Column.number("LOSE IT"),
                Column.number("OTHER")));
        for (Flips one : result.flips()) {
            String key = one.key();
            for (Map.Entry<String, Group> plan : one.plans().entrySet()) {
                Group group = plan.getValue();
                if (group.hasFlips()) {
                    table.row(List.of(
                            Cell.of(key),
                            Cell.of(plan.getKey()),
                            Cell.of(count(group.users())),
                            flipped(group.gain()),
                            flipped(group.lose()),
                            flipped(group.other())));
                    key = "";
                }
            }
        }
        return table;
    }

    private static void named(PrintWriter out, String key, String what, long all, List<String> users) {
        if (!users.isEmpty()) {
            String more = all > users.size() ? " and " + count(all - users.size()) + " more" : "";
            out.println("%s: %s: %s%s"
                    .formatted(
                            key,
                            what,
                            String.join(", ", users.stream().map(Printable::of).toList()),
                            more));
        }
    }

    private static void print(PrintWriter out, Watched one) {
        String key = one.flag().key();
        GuardReport last = one.last();
        Acted stopped = one.stopped();
        Acted safe = one.safe();
        String guard = one.isGuarded() ? "" : " (not guarded; by the guard's defaults)";
        if (one.counted() == 0 || last == null) {
            out.println(key + guard + ": nothing to tell, no outcome counts");
        } else if (stopped != null) {
            out.println("%s%s: on %s would have been %s"
                    .formatted(key, guard, stopped.at().toString().substring(0, 10), reason(stopped)));
        } else if (safe == null) {
            out.println(key + guard + ": would not have acted");
        } else {
            out.println("%s%s: would have gone on from %s to %s at %s"
                    .formatted(
                            key,
                            guard,
                            percent(safe.report().percentage()),
                            percent(safe.report().nextPercentage()),
                            safe.at()));
        }
        if (one.counted() > 0 && last != null) {
            last.metrics().forEach(metric -> out.println("  " + metric(metric, last)));
        }
        out.println("  " + counted(one));
    }

    private static String reason(Acted stopped) {
        String reason = String.valueOf(stopped.report().stopped());
        return Printable.of(reason.startsWith(DRY_RUN) ? reason.substring(DRY_RUN.length()) : reason);
    }

    private static String percent(@Nullable Double percentage) {
        return percentage == null ? "–" : Percent.plain(percentage) + " %";
    }

    private static String metric(GuardReport.Metric metric, GuardReport report) {
        Double safe = metric.safe();
        String text = "%s: %s of %s with it are bad, %s of %s without; evidence %s of %s that it is worse"
                .formatted(
                        metric.name().name().toLowerCase(Locale.ROOT),
                        count(metric.treatment().bad()),
                        count(metric.treatment().units()),
                        count(metric.control().bad()),
                        count(metric.control().units()),
                        evidence(metric.evidence()),
                        evidence(report.limit()));
        return safe == null
                ? text
                : text
                        + ", %s of %s that it is %s"
                                .formatted(evidence(safe), evidence(report.advanceLimit()), metric.goal());
    }

    private static String evidence(double evidence) {
        return evidence > 1e6
                ? "over 1,000,000"
                : evidence >= 10 ? count((long) (evidence + 1e-9)) : Percent.plain(Math.round(evidence * 1e3) / 1e3);
    }

    private static String counted(Watched one) {
        List<String> left = new ArrayList<>();
        left(left, one.otherVariant(), "were served something else");
        left(left, one.unknownVariant(), "do not say what they were served");
        left(left, one.notByBucket(), "were not decided by the bucket");
        left(left, one.withoutOutcome(), "do not say how they ended");
        return "%s of %s turns count%s"
                .formatted(
                        count(one.counted()), count(one.turns()), left.isEmpty() ? "" : ": " + String.join(", ", left));
    }

    private static void left(List<String> left, long turns, String why) {
        if (turns > 0) {
            left.add(count(turns) + " " + why);
        }
    }

    /** Says what was odd about the record. */
    void warn(PrintWriter err, Paint paint) {
        String warning = paint.apply(Tone.DOUBTFUL, "warning:");
        if (!result.ignored().isEmpty()) {
            err.println(warning + " fields of the record that nothing is known of: "
                    + Printable.of(String.join(", ", result.ignored())) + "; attributes go under \"attributes\"");
        }
        if (result.outOfOrder() > 0) {
            err.println(warning + " " + count(result.outOfOrder())
                    + " turns are earlier than one before them, and were taken as of its time");
        }
        if (result.nobodys() > 0) {
            err.println(warning + " " + count(result.nobodys()) + " turns have no targetingKey, and are of no user");
        }
    }

    /** Returns the same as JSON. */
    JsonObject json() {
        var all = new JsonObject();
        for (Flips one : result.flips()) {
            var plans = new JsonObject();
            one.plans().forEach((plan, group) -> plans.put(plan, json(group)));
            Watched watched = result.watched().stream()
                    .filter(candidate -> candidate.flag().key().equals(one.key()))
                    .findFirst()
                    .orElse(null);
            all.put(
                    one.key(),
                    json(one.all())
                            .put("plans", plans)
                            .put("gaining_users", texts(one.gains()))
                            .put("losing_users", texts(one.losses()))
                            .put("guard", watched == null ? null : json(watched).value()));
        }
        return new JsonObject()
                .put("turns", (Long) result.turns())
                .put("users", (Long) result.users())
                .put("turns_of_nobody", (Long) result.nobodys())
                .put("turns_out_of_order", (Long) result.outOfOrder())
                .put("from", result.first() == null ? null : result.first().toString())
                .put("to", result.last() == null ? null : result.last().toString())
                .put("flags", all);
    }

    private static JsonObject json(Group group) {
        return new JsonObject()
                .put("users", (Long) group.users())
                .put("on", (Long) group.onNow())
                .put("compared", (Long) group.compared())
                .put("on_before", (Long) group.onBefore())
                .put("gain", (Long) group.gain())
                .put("lose", (Long) group.lose())
                .put("other", (Long) group.other());
    }

    private static FlagValue texts(List<String> texts) {
        return new FlagValue.Sequence(
                texts.stream().<FlagValue>map(FlagValue.Text::new).toList());
    }

    private static JsonObject json(Watched one) {
        GuardReport last = one.last();
        return new JsonObject()
                .put("guarded", one.isGuarded())
                .put("turns", (Long) one.turns())
                .put("counted", (Long) one.counted())
                .put("other_variant", (Long) one.otherVariant())
                .put("unknown_variant", (Long) one.unknownVariant())
                .put("not_by_bucket", (Long) one.notByBucket())
                .put("without_outcome", (Long) one.withoutOutcome())
                .put("stopped_at", at(one.stopped()))
                .put("stopped", one.stopped() == null ? null : reason(one.stopped()))
                .put("safe_at", at(one.safe()))
                .put("limit", last == null ? null : (Double) last.limit())
                .put("advance_limit", last == null ? null : (Double) last.advanceLimit())
                .put(
                        "metrics",
                        last == null
                                ? List.of()
                                : last.metrics().stream()
                                        .map(ReplayReport::json)
                                        .toList());
    }

    private static @Nullable String at(@Nullable Acted acted) {
        return acted == null ? null : acted.at().toString();
    }

    private static JsonObject json(GuardReport.Metric metric) {
        Double safe = metric.safe();
        return new JsonObject()
                .put("name", metric.name().name().toLowerCase(Locale.ROOT))
                .put("evidence", finite(metric.evidence()))
                .put("safe_evidence", safe == null ? null : finite(safe))
                .put("units_with", (Long) metric.treatment().units())
                .put("bad_with", (Long) metric.treatment().bad())
                .put("units_without", (Long) metric.control().units())
                .put("bad_without", (Long) metric.control().bad());
    }

    private static Double finite(double evidence) {
        return Math.min(evidence, Double.MAX_VALUE);
    }
}
