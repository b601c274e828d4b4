package dev.agentflags.admin;

import dev.agentflags.admin.AdminException.Kind;
import dev.agentflags.model.Definition;
import dev.agentflags.model.FlagValue;
import dev.agentflags.model.FlagValue.Bool;
import dev.agentflags.model.FlagValue.Structure;
import org.jspecify.annotations.Nullable;

/** Puts and removes definitions in a draft. Neither may take a kill back. */
final class Definitions {

    private Definitions() {}

    static @Nullable String put(Draft draft, String key, FlagValue flag) throws AdminException {
        FlagValue before = draft.json(key);
        if (flag.equals(before)) {
            return null;
        }
        Definition old = draft.ruleset().flags().get(key);
        if (old != null && old.killSwitch().engaged() && !isKilled(flag)) {
            throw new AdminException(
                    Kind.REFUSED, "\"" + key + "\" is killed, and this definition would revive it; revive it first");
        }
        draft.put(key, flag);
        return "\"" + key + "\" is " + (before == null ? "added" : "replaced");
    }

    private static boolean isKilled(FlagValue flag) {
        FlagValue killSwitch =
                flag instanceof Structure structure ? structure.fields().get("kill_switch") : null;
        FlagValue engaged =
                killSwitch instanceof Structure object ? object.fields().get("engaged") : killSwitch;
        return engaged instanceof Bool bool && bool.value();
    }

    static String remove(Draft draft, String key) throws AdminException {
        draft.refuseKilled(draft.definition(key));
        draft.remove(key);
        return "\"" + key + "\" is removed";
    }
}
