package dev.agentflags.admin;

import dev.agentflags.admin.AdminException.Kind;
import dev.agentflags.model.Flag;
import dev.agentflags.model.FlagValue;
import dev.agentflags.model.FlagValue.Decimal;
import dev.agentflags.model.FlagValue.Structure;
import dev.agentflags.model.FlagValue.Text;
import dev.agentflags.model.FlagValue.Whole;
import dev.agentflags.model.Rollout;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes a flag of a draft through the stages of its rollout. Each returns what it did, or null where there was nothing to do. */
final class Stages {

    private static final double EVERYONE = 100;
    private static final String ROLLOUT = "rollout";
    private static final String PAUSED = "paused";

    private Stages() {}

    static String advance(Draft draft, String key, Instant now) throws AdminException {
        Flag flag = movable(draft, key);
        double share = share(flag);
        double next = stages(flag).stream()
                .filter(stage -> stage > share)
                .findFirst()
                .orElseThrow(() -> new AdminException(
                        Kind.REFUSED, "\"%s\" is at %s already, the last stage".formatted(key, percent(share))));
        unpause(draft, key);
        return move(draft, flag, next, now);
    }

    static String rollBack(Draft draft, String key, Instant now) throws AdminException {
        Flag flag = movable(draft, key);
        double share = share(flag);
        if (share == 0) {
            throw new AdminException(Kind.REFUSED, "\"" + key + "\" is at 0 % already");
        }
        double previous = stages(flag).stream()
                .filter(stage -> stage < share)
                .reduce((earlier, later) -> later)
                .orElse(0.0);
        return move(draft, flag, previous, now);
    }

    /** A killed flag may be paused, too: it then does not go on by itself after it was revived. */
    static @Nullable String pause(Draft draft, String key, String reason, String actor, Instant now)
            throws AdminException {
        Flag flag = draft.flag(key);
        if (flag.rollout() != null && flag.rollout().paused() != null) {
            return null;
        }
        double share = share(flag);
        if (flag.guard() == null) {
            throw new AdminException(
                    Kind.REFUSED, "\"" + key + "\" has no guard: only people take it on, so there is nothing to pause");
        }
        if (share == 0 || stages(flag).stream().noneMatch(stage -> stage > share)) {
            throw new AdminException(
                    Kind.REFUSED,
                    "\"%s\" is at %s: no rollout is under way that could be paused".formatted(key, percent(share)));
        }
        Map<String, FlagValue> rollout = rollout(draft, key);
        rollout.put(PAUSED, new Structure(paused(reason, actor, now)));
        draft.set(key, ROLLOUT, new Structure(rollout));
        return "\"%s\" is paused at %s until a person advances it".formatted(key, percent(share));
    }

    private static Map<String, FlagValue> paused(String reason, String actor, Instant now) {
        Map<String, FlagValue> fields = new LinkedHashMap<>();
        fields.put("reason", new Text(reason));
        fields.put("by", new Text(actor));
        fields.put("at", new Text(now.toString()));
        return fields;
    }

    private static void unpause(Draft draft, String key) throws AdminException {
        Map<String, FlagValue> rollout = rollout(draft, key);
        if (rollout.remove(PAUSED) != null) {
            draft.set(key, ROLLOUT, new Structure(rollout));
        }
    }

    /** Returns the fields of a flag's rollout as the document has them, to be changed; none where it says nothing. */
    private static Map<String, FlagValue> rollout(Draft draft, String key) {
        return draft.json(key) instanceof Structure json && json.fields().get(ROLLOUT) instanceof Structure rollout
                ? new LinkedHashMap<>(rollout.fields())
                : new LinkedHashMap<>();
    }

    private static Flag movable(Draft draft, String key) throws AdminException {
        draft.refuseKilled(draft.definition(key));
        return draft.flag(key);
    }

    private static List<Double> stages(Flag flag) {
        return (flag.rollout() == null ? Rollout.DEFAULT : flag.rollout()).stages();
    }

    /** Returns the share that the flag is on for at present, lists and rules apart. */
    private static double share(Flag flag) {
        return switch (flag.status()) {
            case OFF, TARGETED -> 0;
            case ON -> EVERYONE;
            case PERCENTAGE -> flag.percentage();
        };
    }

    private static String move(Draft draft, Flag flag, double to, Instant now) throws AdminException {
        draft.set(flag.key(), "status", new Text(to == EVERYONE ? "on" : "percentage"));
        draft.set(flag.key(), "percentage", number(to));
        if (flag.rollout() != null) {
            Map<String, FlagValue> rollout = rollout(draft, flag.key());
            rollout.put("stage_since", new Text(now.toString()));
            draft.set(flag.key(), ROLLOUT, new Structure(rollout));
        }
        return "\"%s\" goes from %s to %s".formatted(flag.key(), percent(share(flag)), percent(to));
    }

    private static FlagValue number(double number) {
        return number == Math.rint(number) ? new Whole((long) number) : new Decimal(number);
    }

    private static String percent(double share) {
        return BigDecimal.valueOf(share).stripTrailingZeros().toPlainString() + " %";
    }
}
