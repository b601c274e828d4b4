package dev.agentflags.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One flag: the variants it has and how it picks one of them for a subject. Immutable.
 *
 * @param key unique within its ruleset
 * @param about what people want to know of it; the evaluation does not
 * @param status who it is on for in general
 * @param percentage the share that it is on for while {@code status} is {@link Status#PERCENTAGE}, 0 to 100
 * @param variants what it can serve
 * @param targeting users, rules and plans that are decided before the status is looked at
 * @param bucketing how a subject is given its place between 0 and 100 %
 * @param requires keys of flags that must be on for the subject first
 * @param killSwitch beats everything else while engaged
 * @param rollout the stages that the percentage goes through, or null for {@link Rollout#DEFAULT}
 * @param guard what watches the rollout, or null where nothing does
 */
public record Flag(
        String key,
        About about,
        Status status,
        double percentage,
        Variants variants,
        Targeting targeting,
        Bucketing bucketing,
        List<String> requires,
        KillSwitch killSwitch,
        @Nullable Rollout rollout,
        @Nullable Guard guard)
        implements Definition {

    public Flag {
        requires = List.copyOf(requires);
    }

    /** Returns this flag with another switch. */
    public Flag withKillSwitch(KillSwitch other) {
        return new Flag(
                key, about, status, percentage, variants, targeting, bucketing, requires, other, rollout, guard);
    }
}
