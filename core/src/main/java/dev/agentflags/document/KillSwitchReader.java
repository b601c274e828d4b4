package dev.agentflags.document;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentflags.model.KillSwitch;

/** Reads a kill switch: {@code true}, {@code false}, or an object. */
final class KillSwitchReader {

    private KillSwitchReader() {}

    /** Returns the switch of a flag, or of the root, as far as it can be read; what cannot be read is reported. */
    static KillSwitch read(Fields owner) {
        JsonNode node = owner.node("kill_switch");
        if (node == null) {
            return KillSwitch.RELEASED;
        }
        if (node.isBoolean()) {
            return node.booleanValue() ? KillSwitch.ENGAGED : KillSwitch.RELEASED;
        }
        if (!node.isObject()) {
            owner.error("kill_switch", Found.expected("true, false or an object", node));
            return KillSwitch.RELEASED;
        }
        Fields fields = owner.object("kill_switch");
        return fields == null ? KillSwitch.RELEASED : readObject(fields);
    }

    private static KillSwitch readObject(Fields fields) {
        fields.require("engaged", "true or false");
        var killSwitch = new KillSwitch(
                Boolean.TRUE.equals(fields.flag("engaged")),
                fields.text("reason"),
                fields.text("by"),
                fields.notation("at", Notation.TIME));
        fields.warnOfUnknown();
        return killSwitch;
    }
}
