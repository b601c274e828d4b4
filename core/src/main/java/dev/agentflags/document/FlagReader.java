package dev.agentflags.document;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentflags.model.About;
import dev.agentflags.model.Bucketing;
import dev.agentflags.model.Definition;
import dev.agentflags.model.Flag;
import dev.agentflags.model.InvalidFlag;
import dev.agentflags.model.KillSwitch;
import dev.agentflags.model.Rollout;
import dev.agentflags.model.Rule;
import dev.agentflags.model.Status;
import dev.agentflags.model.Targeting;
import dev.agentflags.model.Variants;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one flag's definition. */
final class FlagReader {

    private static final List<String> STATUSES = List.of("off", "on", "percentage", "targeted");

    private final ConditionReader conditions;
    private final Problems problems;

    FlagReader(Segments segments, Problems problems) {
        this.conditions = new ConditionReader(segments, problems);
        this.problems = problems;
    }

    /** Returns the flag, or what can be said of one that has errors; the errors are reported. */
    Definition read(String key, JsonNode node, Place place) {
        int before = problems.errors();
        if (!Limits.KEY.matcher(key).matches()) {
            problems.error(place, "expected a key of " + Limits.KEY.pattern() + ", found \"" + key + "\"");
        }
        Fields fields = Fields.of(node, place, problems);
        KillSwitch killSwitch = fields == null
                ? KillSwitch.RELEASED
                : KillSwitchReader.read(fields.node("kill_switch"), place.child("kill_switch"), problems);
        Flag flag = fields == null ? null : read(key, fields, killSwitch);
        return flag == null || problems.errors() > before
                ? new InvalidFlag(key, killSwitch, problems.errorAfter(before))
                : flag;
    }

    private Flag read(String key, Fields fields, KillSwitch killSwitch) {
        Variants variants = VariantsReader.read(fields, problems);
        var flag = new Flag(
                key,
                about(fields),
                status(fields),
                percentage(fields),
                variants,
                targeting(fields, variants),
                bucketing(key, fields),
                List.copyOf(fields.texts("requires")),
                killSwitch,
                rollout(fields));
        guard(fields);
        fields.warnOfUnknown();
        return flag;
    }

    private static About about(Fields fields) {
        String description = fields.text("description");
        return new About(
                description == null ? "" : description,
                fields.text("owner"),
                List.copyOf(fields.texts("tags")),
                fields.date("expires"));
    }

    private static Status status(Fields fields) {
        if (!fields.has("status")) {
            fields.error("status", Found.expected("one of " + STATUSES, null));
            return Status.OFF;
        }
        String status = fields.oneOf("status", STATUSES);
        return status == null ? Status.OFF : Status.valueOf(status.toUpperCase(Locale.ROOT));
    }

    private static double percentage(Fields fields) {
        Double percentage = fields.number("percentage", 0, 100);
        return percentage == null ? 0 : percentage;
    }

    private Targeting targeting(Fields fields, Variants variants) {
        return new Targeting(
                fields.texts("excluded_users"),
                fields.texts("targeted_users"),
                rules(fields, variants),
                fields.texts("targeted_plans"));
    }

    private List<Rule> rules(Fields fields, Variants variants) {
        List<Rule> rules = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        fields.items("rules", (node, place) -> {
            Rule rule = rule(node, place, "rule-" + (rules.size() + 1), variants);
            if (rule != null && !ids.add(rule.id())) {
                problems.error(place, "expected an id of its own, found \"" + rule.id() + "\" for the second time");
            }
            if (rule != null) {
                rules.add(rule);
            }
            return rule;
        });
        return rules;
    }

    private @Nullable Rule rule(JsonNode node, Place place, String defaultId, Variants variants) {
        Fields fields = Fields.of(node, place, problems);
        if (fields == null) {
            return null;
        }
        String id = fields.text("id");
        String serve = fields.text("serve");
        if (!fields.has("serve") || (serve != null && !variants.values().containsKey(serve))) {
            String names = "the name of a variant, one of " + variants.values().keySet();
            fields.error("serve", Found.expected(names, fields.node("serve")));
        }
        JsonNode when = fields.node("when");
        SizedCondition condition = when == null ? null : conditions.read(when, place.child("when"));
        if (when == null) {
            fields.error("when", Found.expected("a condition", null));
        }
        fields.warnOfUnknown();
        return condition == null || serve == null
                ? null
                : new Rule(id == null ? defaultId : id, condition.condition(), serve);
    }

    private static Bucketing bucketing(String key, Fields fields) {
        String by = fields.text("bucket_by");
        if (by != null && by.isEmpty()) {
            fields.error("bucket_by", "expected \"user\" or the name of an attribute, found an empty name");
        }
        String seed = fields.text("seed");
        if (seed != null && !Limits.KEY.matcher(seed).matches()) {
            fields.error("seed", "expected " + Limits.KEY.pattern() + ", found \"" + seed + "\"");
        }
        return new Bucketing(by == null ? Bucketing.BY_USER : by, seed == null ? key : seed);
    }

    private @Nullable Rollout rollout(Fields flag) {
        JsonNode node = flag.node("rollout");
        Fields fields = node == null ? null : Fields.of(node, flag.place().child("rollout"), problems);
        if (fields == null) {
            return null;
        }
        var rollout = new Rollout(
                stages(fields),
                fields.duration("min_duration"),
                fields.whole("min_units"),
                fields.instant("stage_since"));
        fields.warnOfUnknown();
        return rollout;
    }

    private List<Double> stages(Fields fields) {
        if (!fields.has("stages")) {
            return Rollout.DEFAULT.stages();
        }
        int before = problems.errors();
        List<Double> stages = fields.items("stages", (node, place) -> {
            if (node.isNumber() && node.doubleValue() > 0 && node.doubleValue() <= 100) {
                return node.doubleValue();
            }
            problems.error(place, Found.expected("a number above 0 and at most 100", node));
            return null;
        });
        boolean rising = true;
        for (int i = 1; i < stages.size(); i++) {
            rising &= stages.get(i) > stages.get(i - 1);
        }
        if (problems.errors() == before && (stages.isEmpty() || !rising)) {
            fields.error("stages", "expected percentages that rise, found " + stages);
        }
        return stages;
    }

    private void guard(Fields flag) {
        JsonNode node = flag.node("guard");
        if (node != null && !node.isObject()) {
            flag.error("guard", Found.expected("an object", node));
        }
    }
}
