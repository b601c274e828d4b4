package dev.agentflags.document;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentflags.model.KillSwitch;
import org.jspecify.annotations.Nullable;

/** Reads a kill switch: {@code true}, {@code false}, or an object. */
final class KillSwitchReader {

    private KillSwitchReader() {}

    /** Returns the switch as far as it can be read; what cannot be read is reported. */
    static KillSwitch read(@Nullable JsonNode node, Place place, Problems problems) {
        if (node == null) {
            return KillSwitch.RELEASED;
        }
        if (node.isBoolean()) {
            return node.booleanValue() ? KillSwitch.ENGAGED : KillSwitch.RELEASED;
        }
        if (!node.isObject()) {
            problems.error(place, Found.expected("true, false or an object", node));
            return KillSwitch.RELEASED;
        }
        return read(Fields.of(node, place, problems));
    }

    private static KillSwitch read(@Nullable Fields fields) {
        if (fields == null) {
            return KillSwitch.RELEASED;
        }
        Boolean engaged = fields.flag("engaged");
        if (!fields.has("engaged")) {
            fields.error("engaged", Found.expected("true or false", null));
        }
        var killSwitch = new KillSwitch(
                Boolean.TRUE.equals(engaged), fields.text("reason"), fields.text("by"), fields.instant("at"));
        fields.warnOfUnknown();
        return killSwitch;
    }
}
