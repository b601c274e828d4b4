package dev.agentflags.rollout;

import dev.agentflags.model.FlagValue;
import dev.agentflags.model.GuardMetric.Action;
import dev.agentflags.model.GuardMetric.Name;

/** {@link GuardReport} as a JSON value and back. */
final class ReportValues {

    private ReportValues() {}

    static FlagValue write(GuardReport report) {
        return JsonFields.writing()
                .put("flag", report.flag())
                .put("rollout", report.rollout())
                .put("at", report.at())
                .put("state", report.state())
                .put("waiting", report.waiting())
                .put("waits_for", report.waitsFor())
                .put("dry_run", report.dryRun())
                .put("percentage", report.percentage())
                .put("next_percentage", report.nextPercentage())
                .put("stage_since", report.stageSince())
                .put("units", report.units())
                .put("evidence", report.evidence())
                .put("limit", report.limit())
                .put("advance_limit", report.advanceLimit())
                .put("stopped", report.stopped())
                .put("metrics", report.metrics(), ReportValues::metric)
                .value();
    }

    private static FlagValue metric(GuardReport.Metric metric) {
        return JsonFields.writing()
                .put("name", metric.name())
                .put("action", metric.action())
                .put("weight", metric.weight())
                .put("evidence", metric.evidence())
                .put("safe", metric.safe())
                .put("goal", metric.goal())
                .put("treated_in_stage", metric.treatedInStage())
                .put("treatment", group(metric.treatment()))
                .put("control", group(metric.control()))
                .value();
    }

    private static FlagValue group(GuardReport.Group group) {
        return JsonFields.writing()
                .put("units", group.units())
                .put("bad", group.bad())
                .put("above", group.above())
                .value();
    }

    static GuardReport read(JsonFields report) {
        return new GuardReport(
                report.text("flag"),
                report.whole("rollout"),
                report.time("at"),
                report.constant("state", State.class),
                report.has("waiting") ? report.constant("waiting", Waiting.class) : null,
                report.text("waits_for"),
                report.flag("dry_run"),
                report.number("percentage"),
                report.has("next_percentage") ? report.number("next_percentage") : null,
                report.time("stage_since"),
                report.text("units"),
                report.number("evidence"),
                report.number("limit"),
                report.number("advance_limit"),
                report.has("stopped") ? report.text("stopped") : null,
                report.objects("metrics", ReportValues::readMetric));
    }

    private static GuardReport.Metric readMetric(JsonFields metric) {
        return new GuardReport.Metric(
                metric.constant("name", Name.class),
                metric.constant("action", Action.class),
                metric.number("weight"),
                metric.number("evidence"),
                metric.has("safe") ? metric.number("safe") : null,
                metric.text("goal"),
                metric.whole("treated_in_stage"),
                readGroup(metric.object("treatment")),
                readGroup(metric.object("control")));
    }

    private static GuardReport.Group readGroup(JsonFields group) {
        return new GuardReport.Group(
                group.whole("units"), group.whole("bad"), group.has("above") ? group.number("above") : null);
    }
}
