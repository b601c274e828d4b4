package dev.agentflags.document;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentflags.model.About;
import dev.agentflags.model.Bucketing;
import dev.agentflags.model.Definition;
import dev.agentflags.model.Flag;
import dev.agentflags.model.Guard;
import dev.agentflags.model.InvalidFlag;
import dev.agentflags.model.KillSwitch;
import dev.agentflags.model.Rollout;
import dev.agentflags.model.Status;
import dev.agentflags.model.Targeting;
import dev.agentflags.model.Variants;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads one flag's definition. */
final class FlagReader {

    private final ConditionReader conditions;
    private final RolloutReader rollouts;
    private final GuardReader guards;
    private final Problems problems;

    FlagReader(Segments segments, Problems problems) {
        this.conditions = new ConditionReader(segments, problems);
        this.rollouts = new RolloutReader(problems);
        this.guards = new GuardReader(problems);
        this.problems = problems;
    }

    /** Returns the flag, or what can be said of one that has errors; the errors are reported. */
    Definition read(String key, JsonNode node, Place place) {
        problems.concerning(key);
        if (!Limits.KEY.matcher(key).matches()) {
            problems.error(place, "expected a key of " + Limits.KEY.pattern() + ", found " + Found.quoted(key));
        }
        Fields fields = Fields.of(node, place, problems);
        KillSwitch killSwitch = fields == null ? KillSwitch.RELEASED : KillSwitchReader.read(fields);
        Flag flag = fields == null ? null : read(key, fields, killSwitch);
        String error = problems.firstError();
        return flag != null && error == null ? flag : new InvalidFlag(key, killSwitch, Objects.requireNonNull(error));
    }

    /** Returns the flag, or null, reported, where it has errors without which there could be one. */
    private @Nullable Flag read(String key, Fields fields, KillSwitch killSwitch) {
        About about = about(fields);
        Status status = status(fields);
        Double percentage = fields.number("percentage", 0, 100);
        Variants variants = VariantsReader.read(fields, problems);
        Targeting targeting = targeting(fields, variants);
        Bucketing bucketing = bucketing(key, fields);
        List<String> requires = requires(fields);
        Rollout rollout = rollouts.read(fields);
        Guard guard = guards.read(fields);
        fields.warnOfUnknown();
        return status == null || variants == null
                ? null
                : new Flag(
                        key,
                        about,
                        status,
                        percentage == null ? 0 : percentage,
                        variants,
                        targeting,
                        bucketing,
                        requires,
                        killSwitch,
                        rollout,
                        guard);
    }

    private static About about(Fields fields) {
        String description = fields.text("description");
        return new About(
                description == null ? "" : description,
                fields.text("owner"),
                List.copyOf(fields.texts("tags")),
                fields.notation("expires", Notation.DATE));
    }

    private static @Nullable Status status(Fields fields) {
        fields.require("status", "one of " + Form.STATUSES);
        String status = fields.oneOf("status", Form.STATUSES);
        return status == null ? null : Status.valueOf(status.toUpperCase(Locale.ROOT));
    }

    private Targeting targeting(Fields fields, @Nullable Variants variants) {
        return new Targeting(
                fields.texts("excluded_users"),
                fields.texts("targeted_users"),
                new RulesReader(variants, conditions, problems).read(fields),
                fields.texts("targeted_plans"));
    }

    private static Bucketing bucketing(String key, Fields fields) {
        String by = fields.name("bucket_by");
        String seed = fields.notation("seed", Notation.KEY);
        return new Bucketing(by == null ? Bucketing.BY_USER : by, seed == null ? key : seed);
    }

    /** Every item, also one that is there twice, so that the index of each is its place. */
    private List<String> requires(Fields fields) {
        List<String> keys = fields.items("requires", (item, place) -> {
            if (!item.isTextual()) {
                problems.error(place, Found.expected("a string", item));
            }
            return item.textValue();
        });
        if (keys.size() > Limits.MAX_REFERENCES) {
            fields.error("requires", "expected at most " + Limits.MAX_REFERENCES + " flags, found " + keys.size());
            return List.of();
        }
        return keys;
    }
}
