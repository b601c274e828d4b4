package dev.agentflags.rollout;

import dev.agentflags.document.DocumentException;
import dev.agentflags.document.JsonText;
import dev.agentflags.model.Flag;
import dev.agentflags.model.FlagValue;
import dev.agentflags.model.GuardMetric.Action;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a controller knows, as one text: JSON, for it to go on with after a restart, and for others to see how things stand. */
public final class Checkpoint {

    private static final long FORMAT = 1;

    private Checkpoint() {}

    /**
     * Returns how the guarded rollouts stood when a checkpoint was written.
     *
     * @param text that a {@link GuardStore} was given
     * @throws IllegalArgumentException if it is none, or of another version
     */
    public static List<GuardReport> reports(String text) {
        JsonFields flags = open(text).object("flags");
        List<GuardReport> reports = new ArrayList<>();
        for (String key : flags.names()) {
            reports.add(ReportValues.read(flags.object(key).object("report")));
        }
        return reports;
    }

    /** Returns a report as a JSON value. */
    public static FlagValue value(GuardReport report) {
        return ReportValues.write(report);
    }

    static JsonFields open(String text) {
        try {
            JsonFields root = JsonFields.of("", JsonText.read(text));
            if (root.whole("version") != FORMAT) {
                throw new IllegalArgumentException(
                        "/version: expected %d, found %d".formatted(FORMAT, root.whole("version")));
            }
            return root;
        } catch (DocumentException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    static String write(History history, Batches batches, List<GuardedFlag> flags, Instant now) {
        var written = JsonFields.writing();
        for (GuardedFlag flag : flags) {
            written.put(
                    flag.terms().flag().key(),
                    JsonFields.writing()
                            .put("report", ReportValues.write(flag.report(now)))
                            .put("kept", kept(flag.kept()))
                            .put("observed", ObservedValues.write(flag.observed()))
                            .value());
        }
        return JsonText.write(JsonFields.writing()
                .put("version", FORMAT)
                .put("saved", now)
                .put("history", history.value())
                .put("batches", batches.value())
                .put("flags", written.value())
                .value());
    }

    private static FlagValue kept(GuardedFlag.Kept kept) {
        Stop stop = kept.stop();
        return JsonFields.writing()
                .put("killed", kept.killed())
                .put("treatment", kept.treatment())
                .put("measure", kept.measure())
                .put("rollout", kept.rollout())
                .put("needs_person", kept.needsPerson())
                .put("expected", kept.expected())
                .put(
                        "stop",
                        stop == null
                                ? null
                                : JsonFields.writing()
                                        .put("action", stop.action())
                                        .put("reason", stop.reason())
                                        .put("at", stop.at())
                                        .put("dry_run", stop.dryRun())
                                        .put("done_at", stop.doneAt())
                                        .value())
                .value();
    }

    /**
     * Returns a flag to go on with, as far as what was observed was measured as the flag is now.
     *
     * @throws IllegalArgumentException if it is not what was written
     */
    static GuardedFlag restore(JsonFields fields, Flag flag, Instant now) {
        var terms = new Terms(flag);
        GuardedFlag.Kept kept = kept(fields.object("kept"));
        boolean isAlike = kept.measure().equals(Fingerprint.measure(flag, terms.guard()));
        JsonFields observed = fields.object("observed");
        return GuardedFlag.restore(
                kept, flag, isAlike ? ObservedValues.read(observed, terms, now) : Observed.begin(terms, now, 0, now));
    }

    private static GuardedFlag.Kept kept(JsonFields kept) {
        return new GuardedFlag.Kept(
                kept.flag("killed"),
                kept.text("treatment"),
                kept.text("measure"),
                kept.whole("rollout"),
                kept.has("stop") ? stop(kept.object("stop")) : null,
                kept.flag("needs_person"),
                kept.has("expected") ? kept.number("expected") : null);
    }

    private static Stop stop(JsonFields stop) {
        return new Stop(
                stop.has("action") ? stop.constant("action", Action.class) : null,
                stop.text("reason"),
                stop.time("at"),
                stop.flag("dry_run"),
                stop.has("done_at") ? stop.time("done_at") : null);
    }

    /** Returns what was written down of each flag. */
    static Map<String, JsonFields> flags(JsonFields root) {
        Map<String, JsonFields> flags = new LinkedHashMap<>();
        JsonFields written = root.object("flags");
        written.names().forEach(key -> flags.put(key, written.object(key)));
        return flags;
    }
}
