package dev.agentflags.document;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentflags.model.Pause;
import dev.agentflags.model.Rollout;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the stages that a flag's percentage goes through. */
final class RolloutReader {

    private final Problems problems;

    RolloutReader(Problems problems) {
        this.problems = problems;
    }

    /** Returns the rollout, or null where there is none, or, reported, where it is not an object. */
    @Nullable
    Rollout read(Fields flag) {
        Fields fields = flag.object("rollout");
        if (fields == null) {
            return null;
        }
        var rollout = new Rollout(
                fields.has("stages") ? stages(fields) : Rollout.DEFAULT.stages(),
                fields.notation("min_duration", Notation.DURATION),
                fields.whole("min_units"),
                fields.notation("stage_since", Notation.TIME),
                paused(fields));
        fields.warnOfUnknown();
        return rollout;
    }

    private static @Nullable Pause paused(Fields rollout) {
        Fields fields = rollout.object("paused");
        if (fields == null) {
            return null;
        }
        var pause = new Pause(fields.text("reason"), fields.text("by"), fields.notation("at", Notation.TIME));
        fields.warnOfUnknown();
        return pause;
    }

    private List<Double> stages(Fields fields) {
        int before = problems.errors();
        List<Double> stages = fields.items("stages", this::stage);
        if (problems.errors() > before) {
            return stages;
        }
        if (stages.isEmpty()) {
            fields.error("stages", "expected at least one percentage, found none");
        }
        for (int i = 1; i < stages.size(); i++) {
            if (stages.get(i) <= stages.get(i - 1)) {
                problems.error(
                        fields.place().child("stages").child(i),
                        "expected more than the stage before, %s, found %s"
                                .formatted(Found.plain(stages.get(i - 1)), Found.plain(stages.get(i))));
            }
        }
        return stages;
    }

    private @Nullable Double stage(JsonNode node, Place place) {
        if (node.isNumber() && node.doubleValue() > 0 && node.doubleValue() <= 100) {
            return node.doubleValue();
        }
        problems.error(place, Found.expected("a number above 0 and at most 100", node));
        return null;
    }
}
