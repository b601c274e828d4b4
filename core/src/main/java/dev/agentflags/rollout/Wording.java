package dev.agentflags.rollout;

import dev.agentflags.guard.Arm;
import dev.agentflags.guard.Margin;
import dev.agentflags.model.Flag;
import dev.agentflags.model.Guard;
import dev.agentflags.model.GuardMetric;
import dev.agentflags.model.GuardMetric.Action;
import dev.agentflags.model.GuardMetric.Name;
import dev.agentflags.model.Pause;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;

/** What a guard says to people: plain sentences, numbers as they write them, times in UTC. */
final class Wording {

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final double MOST_SHOWN = 1_000_000;

    private Wording() {}

    /** Says why a rollout is stopped: "killed at 10:42:07: 14 of 61 treated users met an error, …". */
    static String stopped(Action action, Stage stage, MetricWatch cause, Flag flag, double evidence, Instant now) {
        Guard guard = Objects.requireNonNull(flag.guard());
        String done = switch (action) {
            case KILL -> "killed";
            case ROLL_BACK -> "rolled back from " + percent(stage.percentage());
            case PAUSE -> "paused at " + percent(stage.percentage());
        };
        return "%s at %s: %s; evidence %s against a limit of %s (α = %s)"
                .formatted(
                        done,
                        time(now),
                        comparison(cause, flag),
                        number(evidence),
                        number(1 / guard.alpha()),
                        percent(100 * guard.alpha()));
    }

    /** Says why a rollout goes on. */
    static String advanced(double from, double to, Iterable<MetricWatch> watches, Flag flag, Instant now) {
        Guard guard = Objects.requireNonNull(flag.guard());
        var text = new StringBuilder("advanced at %s from %s to %s: ".formatted(time(now), percent(from), percent(to)));
        String separator = "";
        for (MetricWatch watch : watches) {
            var safe = Objects.requireNonNull(watch.safe());
            text.append(separator)
                    .append(comparison(watch, flag))
                    .append(", which is ")
                    .append(goal(watch.metric(), guard, to))
                    .append(", evidence ")
                    .append(number(safe.process().eValue()));
            separator = "; ";
        }
        return text.append(" against a limit of ")
                .append(number(1 / guard.alphaAdvance()))
                .append(" (α = ")
                .append(percent(100 * guard.alphaAdvance()))
                .append(')')
                .toString();
    }

    /** Says who holds a rollout where it is, and why: "paused by alice: slower than usual". */
    static String paused(Pause pause) {
        return "paused"
                + (pause.by() == null ? "" : " by " + pause.by())
                + (pause.reason() == null ? "" : ": " + pause.reason());
    }

    /** Compares the arms: "14 of 61 treated users met an error, 212 of 6,040 others". */
    static String comparison(MetricWatch watch, Flag flag) {
        GuardReport.Group treatment = Groups.of(watch, Arm.TREATMENT);
        GuardReport.Group control = Groups.of(watch, Arm.CONTROL);
        String text = "%s of %s treated %s %s"
                .formatted(
                        count(treatment.bad()),
                        count(treatment.units()),
                        units(flag),
                        met(watch.metric().name()));
        String above = treatment.above() == null
                ? ""
                : " more than " + amount(treatment.above(), watch.metric().name());
        String others = control.above() == null
                ? ""
                : " more than " + amount(control.above(), watch.metric().name());
        return "%s%s, %s of %s others%s".formatted(text, above, count(control.bad()), count(control.units()), others);
    }

    private static String met(Name metric) {
        return switch (metric) {
            case ERROR -> "met an error";
            case BAD_FEEDBACK -> "gave bad feedback";
            case TOOL_ERROR -> "met a tool that failed";
            case LATENCY -> "waited";
            case TOKENS -> "used";
            case COST -> "cost";
        };
    }

    /** Says what a metric must be shown to be before the next stage. */
    static String goal(GuardMetric metric, Guard guard, double nextPercentage) {
        if (metric.name().isAmount()) {
            return "at most %s more".formatted(percent(100 * MetricBets.safePart(metric)));
        }
        Margin margin = MetricBets.safeMargin(metric, guard.harmBudget(), nextPercentage);
        String points = shortNumber(100 * margin.points()) + " points more";
        if (margin.ratio() == 1) {
            return "at most " + points;
        }
        String ratio = "at most %s times as many".formatted(shortNumber(margin.ratio()));
        return margin.points() == 0 ? ratio : ratio + " and " + points;
    }

    /** Returns what outcomes belong to, in the plural. */
    static String units(Flag flag) {
        Guard guard = Objects.requireNonNull(flag.guard());
        String by = guard.unit() == null ? flag.bucketing().by() : guard.unit();
        return switch (by) {
            case "user" -> "users";
            case Guard.EVENT -> "turns";
            case "conversation", "conversationId" -> "conversations";
            default -> "units";
        };
    }

    static String time(Instant at) {
        return CLOCK.format(at.atZone(ZoneOffset.UTC));
    }

    static String percent(double percentage) {
        return shortNumber(percentage) + " %";
    }

    static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** Writes evidence: whole from 10 on, and no more digits than anyone wants to read. */
    static String number(double number) {
        if (number > MOST_SHOWN) {
            return "more than " + count((long) MOST_SHOWN);
        }
        return number >= 10 ? count((long) Math.floor(number + 1e-9)) : shortNumber(number);
    }

    private static String amount(double amount, Name metric) {
        String number = amount >= 100 ? count(Math.round(amount)) : shortNumber(amount);
        return switch (metric) {
            case LATENCY -> number + " ms";
            case TOKENS -> number + " tokens";
            case ERROR, BAD_FEEDBACK, TOOL_ERROR, COST -> number;
        };
    }

    private static String shortNumber(double number) {
        return new BigDecimal(number)
                .round(new MathContext(3, RoundingMode.HALF_EVEN))
                .stripTrailingZeros()
                .toPlainString();
    }

    /** Writes a length of time in its two largest units. */
    static String duration(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3_600) {
            return two(seconds / 60, "min", seconds % 60, "s");
        }
        return seconds < 86_400
                ? two(seconds / 3_600, "h", seconds % 3_600 / 60, "min")
                : two(seconds / 86_400, "d", seconds % 86_400 / 3_600, "h");
    }

    private static String two(long large, String largeUnit, long small, String smallUnit) {
        return small == 0
                ? "%d %s".formatted(large, largeUnit)
                : "%d %s %d %s".formatted(large, largeUnit, small, smallUnit);
    }
}
