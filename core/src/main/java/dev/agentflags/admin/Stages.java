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

/** Takes a flag of a draft through the stages of its rollout. Each returns what it did. */
final class Stages {

    private static final double EVERYONE = 100;

    private Stages() {}

    static String advance(Draft draft, String key, Instant now) throws AdminException {
        Flag flag = movable(draft, key);
        double share = share(flag);
        double next = stages(flag).stream()
                .filter(stage -> stage > share)
                .findFirst()
                .orElseThrow(() -> new AdminException(
                        Kind.REFUSED, "\"%s\" is at %s already, the last stage".formatted(key, percent(share))));
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
        if (draft.json(flag.key()) instanceof Structure json
                && json.fields().get("rollout") instanceof Structure rollout) {
            Map<String, FlagValue> fields = new LinkedHashMap<>(rollout.fields());
            fields.put("stage_since", new Text(now.toString()));
            draft.set(flag.key(), "rollout", new Structure(fields));
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
