package dev.agentflags.admin;

import dev.agentflags.model.FlagValue;
import dev.agentflags.model.FlagValue.Bool;
import dev.agentflags.model.FlagValue.Text;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Engages and releases kill switches in a draft. Each returns what it did, or null where there was nothing to do. */
final class KillSwitches {

    private static final String FIELD = "kill_switch";
    private static final FlagValue RELEASED = new Bool(false);

    private KillSwitches() {}

    static @Nullable String kill(Draft draft, String key, String reason, String actor, Instant now)
            throws AdminException {
        if (draft.definition(key).killSwitch().engaged()) {
            return null;
        }
        if (draft.json(key) instanceof FlagValue.Structure) {
            draft.set(key, FIELD, engaged(reason, actor, now));
        } else {
            draft.replace(
                    key, FIELD, engaged(reason, actor, now)); // an earlier, sound definition may still be in force
        }
        return "\"" + key + "\" is killed";
    }

    static @Nullable String killAll(Draft draft, String reason, String actor, Instant now) {
        if (draft.isAllKilled()) {
            return null;
        }
        draft.setRoot(FIELD, engaged(reason, actor, now));
        return "all flags are killed";
    }

    static @Nullable String revive(Draft draft, String key) throws AdminException {
        if (!draft.definition(key).killSwitch().engaged()) {
            return null;
        }
        draft.set(key, FIELD, RELEASED);
        return draft.isAllKilled()
                ? "\"" + key + "\" is revived, but stays killed while all flags are"
                : "\"" + key + "\" is revived";
    }

    static @Nullable String reviveAll(Draft draft) {
        if (!draft.isAllKilled()) {
            return null;
        }
        draft.setRoot(FIELD, RELEASED);
        return "the kill of all flags is taken back; those that were killed one by one stay killed";
    }

    private static FlagValue engaged(String reason, String actor, Instant now) {
        Map<String, FlagValue> fields = new LinkedHashMap<>();
        fields.put("engaged", new Bool(true));
        fields.put("reason", new Text(reason));
        fields.put("by", new Text(actor));
        fields.put("at", new Text(now.toString()));
        return new FlagValue.Structure(fields);
    }
}
