package dev.agentflags.document;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentflags.model.Guard;
import dev.agentflags.model.GuardMetric;
import dev.agentflags.model.GuardMetric.Name;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads what watches a flag's rollout. An empty object is a sensible guard. */
final class GuardReader {

    private static final Set<String> MODES = names(Guard.Mode.values());
    private static final Set<String> ADVANCES = names(Guard.Advance.values());
    private static final Set<String> METRICS = names(GuardMetric.Name.values());
    private static final Set<String> ACTIONS = names(GuardMetric.Action.values());

    /** A guard that is wrong more often than every other time is none. */
    private static final double MAX_ALPHA = 0.5;

    private static final double MAX_RATIO = 1_000;
    private static final double MAX_WEIGHT = 1_000_000;

    private final Problems problems;

    GuardReader(Problems problems) {
        this.problems = problems;
    }

    private static Set<String> names(Enum<?>... constants) {
        return Arrays.stream(constants)
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Returns the guard, or null where there is none, or, reported, where it is not an object. */
    @Nullable
    Guard read(Fields flag) {
        Fields fields = flag.object("guard");
        if (fields == null) {
            return null;
        }
        Guard unset = Guard.DEFAULT;
        var guard = new Guard(
                oneOf(fields, "mode", MODES, Guard.Mode.class, unset.mode()),
                oneOf(fields, "advance", ADVANCES, Guard.Advance.class, unset.advance()),
                fields.numberAbove0("approval_from", 100),
                or(fields.numberAbove0("alpha", MAX_ALPHA), unset.alpha()),
                or(fields.numberAbove0("alpha_advance", MAX_ALPHA), unset.alphaAdvance()),
                or(fields.numberBelow("harm_budget", 0, false, 100), unset.harmBudget()),
                fields.name("unit"),
                fields.has("metrics") ? metrics(fields) : unset.metrics());
        fields.warnOfUnknown();
        return guard;
    }

    private static <E extends Enum<E>> E oneOf(
            Fields fields, String field, Set<String> names, Class<E> type, E otherwise) {
        String name = fields.oneOf(field, names);
        return name == null ? otherwise : Enum.valueOf(type, name.toUpperCase(Locale.ROOT));
    }

    private static double or(@Nullable Double number, double otherwise) {
        return number == null ? otherwise : number;
    }

    private List<GuardMetric> metrics(Fields guard) {
        int before = problems.errors();
        Set<Name> seen = EnumSet.noneOf(Name.class);
        List<GuardMetric> metrics = guard.items("metrics", (node, place) -> metric(node, place, seen));
        if (problems.errors() == before && metrics.isEmpty()) {
            guard.error("metrics", "expected at least one metric, found none");
        }
        return metrics;
    }

    private @Nullable GuardMetric metric(JsonNode node, Place place, Set<Name> seen) {
        Fields fields = Fields.of(node, place, problems);
        if (fields == null) {
            return null;
        }
        fields.require("name", "one of " + METRICS);
        String text = fields.oneOf("name", METRICS);
        Name name = text == null ? null : Name.valueOf(text.toUpperCase(Locale.ROOT));
        if (name != null && !seen.add(name)) {
            fields.error("name", "expected a metric that is not there yet, found " + Found.quoted(text(name)));
        }
        GuardMetric unset = GuardMetric.ERROR;
        var metric = new GuardMetric(
                name == null ? unset.name() : name,
                fields.number("margin", 1, MAX_RATIO),
                fields.numberBelow("margin_points", 0, true, 100),
                or(fields.numberAbove0("weight", MAX_WEIGHT), unset.weight()),
                oneOf(fields, "action", ACTIONS, GuardMetric.Action.class, unset.action()));
        checkMargin(fields, metric);
        fields.warnOfUnknown();
        return metric;
    }

    private static String text(Name name) {
        return name.name().toLowerCase(Locale.ROOT);
    }

    private static void checkMargin(Fields fields, GuardMetric metric) {
        if (metric.name().isAmount() && metric.marginPoints() != null) {
            fields.error(
                    "margin_points",
                    "expected a margin instead, since %s has no percentage points, found %s"
                            .formatted(text(metric.name()), Found.plain(metric.marginPoints())));
        } else if (metric.hasMargin() && ratio(metric) == 1 && points(metric) == 0) {
            fields.error(
                    metric.margin() == null ? "margin_points" : "margin",
                    "expected a margin that leaves some room: to be no worse at all cannot be shown, found none");
        }
    }

    private static double ratio(GuardMetric metric) {
        return Objects.requireNonNullElse(metric.margin(), 1.0);
    }

    private static double points(GuardMetric metric) {
        return Objects.requireNonNullElse(metric.marginPoints(), 0.0);
    }
}
