package dev.agentflags.cli;

import dev.agentflags.cli.Paint.Tone;
import dev.agentflags.cli.Planned.Catch;
import dev.agentflags.cli.Planned.Rollouts;
import dev.agentflags.cli.Planned.Stage;
import dev.agentflags.cli.Table.Cell;
import dev.agentflags.cli.Table.Column;
import dev.agentflags.forecast.Course;
import dev.agentflags.forecast.Course.End;
import dev.agentflags.forecast.Spread;
import dev.agentflags.guard.Margin;
import dev.agentflags.model.FlagValue;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A plan in words and tables, or as JSON. */
record PlanReport(Planned planned) {

    private static final double MOST = 0.95;

    void print(PrintWriter out, Screen screen) {
        GuardTerms terms = planned.terms();
        out.println("%s units a day, %s of them bad without the change; %s of harmless rollouts may be stopped."
                .formatted(
                        Amounts.count((double) planned.traffic().unitsADay()),
                        percent(planned.traffic().rate()),
                        percent(terms.alpha())));
        title(out, screen, "Until a regression is stopped that is there from the beginning of a stage");
        catches().print(out, screen);
        title(out, screen, "How long a stage lasts if the change is harmless");
        stages().print(out, screen);
        title(out, screen, "Whole rollouts");
        rollouts().print(out, screen);
        out.println();
        notes().forEach(out::println);
    }

    private static void title(PrintWriter out, Screen screen, String title) {
        out.println();
        out.println(screen.out().apply(Tone.STRONG, title));
    }

    private Table catches() {
        var table = new Table(List.of(
                Column.text("STAGE"),
                Column.number("UNITS/DAY"),
                Column.text("BAD UNITS"),
                Column.number("STOPPED AFTER"),
                Column.number("TAKES"),
                Column.number("95 % AFTER"),
                Column.number("TAKES"),
                Column.number("BY MINIMUM")));
        for (Stage stage : planned.stages()) {
            String name = percent(stage.share());
            String aDay = Amounts.count(stage.share() * planned.traffic().unitsADay());
            for (Catch one : stage.catches()) {
                double median = one.treated().median();
                double most = one.treated().quantile(MOST);
                table.row(List.of(
                        Cell.of(name),
                        Cell.of(aDay),
                        Cell.of(regression(one.times(), one.rate())),
                        units(median),
                        time(median / stage.share()),
                        units(most),
                        time(most / stage.share()),
                        byMinimum(stage, one)));
                name = "";
                aDay = "";
            }
        }
        return table;
    }

    private static Cell byMinimum(Stage stage, Catch one) {
        if (!stage.hasMinimum()) {
            return Cell.EMPTY;
        }
        double part = one.treated().partUpTo(stage.minTreated());
        return new Cell(Amounts.part(part), part >= Planned.TOLD ? Tone.GOOD : Tone.DOUBTFUL);
    }

    private static String regression(double times, double rate) {
        return times == 1 ? "harmless" : percent(rate) + " (" + Percent.plain(times) + "×)";
    }

    private static String percent(double part) {
        return Percent.plain(Math.round(part * 1e6) / 1e4) + " %";
    }

    private static Cell units(double units) {
        return Double.isInfinite(units) ? Cell.NONE : Cell.of(Amounts.count(units));
    }

    private Cell time(double units) {
        return days(planned.traffic().days(units));
    }

    private static Cell days(double days) {
        return Double.isInfinite(days)
                ? new Cell("> " + Percent.plain(Planned.HORIZON_DAYS) + " d", Tone.DOUBTFUL)
                : Cell.of(Amounts.days(days));
    }

    private Table stages() {
        var table = new Table(List.of(
                Column.text("STAGE"),
                Column.text("SAFE WITHIN"),
                Column.number("SAFE AFTER"),
                Column.number("95 % AFTER"),
                Column.number("MINIMUM"),
                Column.number("LASTS"),
                Column.number("95 %"),
                Column.text("MINIMUM TELLS")));
        for (Stage stage : planned.stages()) {
            Spread safe = stage.safe();
            Spread days = stage.days();
            table.row(List.of(
                    Cell.of(percent(stage.share())),
                    Cell.of(margin(stage.margin())),
                    safe == null ? Cell.NONE : units(safe.median()),
                    safe == null ? Cell.NONE : units(safe.quantile(MOST)),
                    stage.hasMinimum() ? Cell.of(Amounts.count(stage.minTreated())) : Cell.EMPTY,
                    days(days == null ? Double.POSITIVE_INFINITY : days.median()),
                    days(days == null ? Double.POSITIVE_INFINITY : days.quantile(MOST)),
                    tells(stage)));
        }
        return table;
    }

    private static String margin(Margin margin) {
        return margin.ratio() == 1
                ? "+ " + Percent.plain(Math.round(margin.points() * 1e4) / 1e2) + " points"
                : "× " + Percent.plain(margin.ratio());
    }

    private static Cell tells(Stage stage) {
        if (!stage.hasMinimum()) {
            return Cell.EMPTY;
        }
        Catch told = stage.tellsByMinimum();
        return told == null
                ? new Cell("too small to tell", Tone.DOUBTFUL)
                : new Cell(Percent.plain(told.times()) + "× or worse", Tone.GOOD);
    }

    private Table rollouts() {
        List<Column> columns = new ArrayList<>(List.of(
                Column.text("BAD UNITS"),
                Column.number("STOPPED"),
                Column.number("AFTER"),
                Column.number("95 %"),
                Column.number("UNITS HIT"),
                Column.number("95 %"),
                Column.number("EXTRA BAD")));
        planned.stages().forEach(stage -> columns.add(Column.number("AT " + percent(stage.share()))));
        columns.addAll(List.of(
                Column.number(planned.endsAtAll() ? "SHIPPED" : "ALL SAFE"),
                Column.number("AFTER"),
                Column.number("95 %"),
                Column.number("UNDECIDED")));
        var table = new Table(columns);
        table.row(row(planned.harmless()));
        planned.harmful().forEach(rollouts -> table.row(row(rollouts)));
        return table;
    }

    private List<Cell> row(Rollouts rollouts) {
        Spread stopped =
                rollouts.spread(End.STOPPED, course -> planned.traffic().days((double) course.outcomes()));
        Spread hit = rollouts.spread(End.STOPPED, Course::treated);
        Spread done = rollouts.spread(End.DONE, course -> planned.traffic().days((double) course.outcomes()));
        double more = rollouts.rate() - planned.traffic().rate();
        double undecided = rollouts.part(End.UNDECIDED);
        List<Cell> cells = new ArrayList<>(List.of(
                Cell.of(regression(rollouts.times(), rollouts.rate())),
                Cell.of(Amounts.part(rollouts.part(End.STOPPED))),
                stopped == null ? Cell.NONE : days(stopped.median()),
                stopped == null ? Cell.NONE : days(stopped.quantile(MOST)),
                hit == null ? Cell.NONE : units(hit.median()),
                hit == null ? Cell.NONE : units(hit.quantile(MOST)),
                more == 0 ? Cell.NONE : Cell.of(extraBad(more * rollouts.meanTreated()))));
        for (int i = 0; i < planned.stages().size(); i++) {
            double part = rollouts.stoppedIn(i);
            cells.add(part == 0 ? Cell.NONE : Cell.of(Amounts.part(part)));
        }
        cells.addAll(List.of(
                Cell.of(Amounts.part(rollouts.part(End.DONE))),
                done == null ? Cell.NONE : days(done.median()),
                done == null ? Cell.NONE : days(done.quantile(MOST)),
                undecided == 0 ? Cell.EMPTY : Cell.of(Amounts.part(undecided))));
        return cells;
    }

    private static String extraBad(double number) {
        return number < 10 ? String.format(Locale.ROOT, "%.1f", number) : Amounts.count(number);
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>();
        for (Stage stage : planned.stages()) {
            if (stage.hasMinimum() && stage.tellsByMinimum() == null) {
                notes.add(
                        "Stage %s is too small to tell: its minimum of %s units stops none of these in %s of rollouts."
                                .formatted(
                                        percent(stage.share()),
                                        Amounts.count(stage.minTreated()),
                                        percent(Planned.TOLD)));
            }
        }
        if (planned.stages().stream().noneMatch(Stage::hasMinimum)) {
            notes.add("No minimum: a stage lasts until it is shown to be safe, by at least 30 units in 30 minutes.");
        }
        notes.add(
                "Medians, and what 95 %% of rollouts stay below, of %d simulated rollouts each. AFTER counts units that meet the change;\n"
                                .formatted(Planned.RUNS)
                        + "EXTRA BAD is how many of them are bad because of it, in the mean; AT is in which stage rollouts are stopped.");
        return notes;
    }

    /** Returns the plan as JSON; what is not reached within the horizon is null. */
    JsonObject json() {
        GuardTerms terms = planned.terms();
        return new JsonObject()
                .put("units_per_day", planned.traffic().unitsADay())
                .put("rate", tidy(100 * planned.traffic().rate()))
                .put("alpha", terms.alpha())
                .put("harm_budget", terms.harmBudget())
                .put("simulated_rollouts", (Long) (long) Planned.RUNS)
                .put("horizon_days", (Double) Planned.HORIZON_DAYS)
                .put("stages", planned.stages().stream().map(this::json).toList())
                .put("harmless", json(planned.harmless()))
                .put("regressions", planned.harmful().stream().map(this::json).toList());
    }

    private JsonObject json(Stage stage) {
        Catch told = stage.tellsByMinimum();
        return new JsonObject()
                .put("percentage", (Double) stage.percent())
                .put("units_per_day", tidy(stage.share() * planned.traffic().unitsADay()))
                .put("margin", (Double) stage.margin().ratio())
                .put("margin_points", tidy(100 * stage.margin().points()))
                .put("minimum_units", tidy(stage.minTreated()))
                .put("safe_units", json(stage.safe()))
                .put("days", json(stage.days()))
                .put("told_by_minimum", told == null || !stage.hasMinimum() ? null : (Double) told.times())
                .put(
                        "regressions",
                        stage.catches().stream().map(one -> json(stage, one)).toList());
    }

    private JsonObject json(Stage stage, Catch one) {
        double perDay = stage.share() * planned.traffic().unitsADay();
        return new JsonObject()
                .put("times", (Double) one.times())
                .put("rate", tidy(100 * one.rate()))
                .put("units", json(one.treated()))
                .put(
                        "days",
                        new JsonObject()
                                .put("median", finite(one.treated().median() / perDay))
                                .put("p95", finite(one.treated().quantile(MOST) / perDay)))
                .put(
                        "stopped_by_minimum",
                        stage.hasMinimum() ? (Double) one.treated().partUpTo(stage.minTreated()) : null);
    }

    private JsonObject json(Rollouts rollouts) {
        double more = rollouts.rate() - planned.traffic().rate();
        List<Double> stages = new ArrayList<>();
        for (int i = 0; i < planned.stages().size(); i++) {
            stages.add(rollouts.stoppedIn(i));
        }
        return new JsonObject()
                .put("times", (Double) rollouts.times())
                .put("rate", tidy(100 * rollouts.rate()))
                .put("stopped", (Double) rollouts.part(End.STOPPED))
                .put("done", (Double) rollouts.part(End.DONE))
                .put("undecided", (Double) rollouts.part(End.UNDECIDED))
                .put("stopped_in_stage", numbers(stages))
                .put("stopped_days", json(rollouts.spread(End.STOPPED, this::days)))
                .put("stopped_units", json(rollouts.spread(End.STOPPED, Course::treated)))
                .put("done_days", json(rollouts.spread(End.DONE, this::days)))
                .put("extra_bad_units_mean", tidy(more * rollouts.meanTreated()));
    }

    private double days(Course course) {
        return planned.traffic().days((double) course.outcomes());
    }

    private static FlagValue numbers(List<Double> numbers) {
        return new FlagValue.Sequence(numbers.stream().map(JsonObject::number).toList());
    }

    private static JsonObject json(@Nullable Spread spread) {
        return new JsonObject()
                .put("median", spread == null ? null : finite(spread.median()))
                .put("p95", spread == null ? null : finite(spread.quantile(MOST)));
    }

    private static @Nullable Double finite(double number) {
        return Double.isInfinite(number) ? null : tidy(number);
    }

    /** Without the digits that a multiplication leaves behind. */
    private static Double tidy(double number) {
        return Math.round(number * 1e6) / 1e6;
    }
}
