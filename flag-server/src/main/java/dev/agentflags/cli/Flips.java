package dev.agentflags.cli;

import dev.agentflags.evaluation.Resolution;
import dev.agentflags.evaluation.Resolution.CallerDefault;
import dev.agentflags.evaluation.Resolution.Failed;
import dev.agentflags.evaluation.Resolution.Served;
import dev.agentflags.guard.Arm;
import dev.agentflags.model.Definition;
import dev.agentflags.model.Flag;
import dev.agentflags.outcome.Arms;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Who gets something else of one flag than before. Not safe for use by many threads. */
final class Flips {

    /** How many plans are told apart. */
    private static final int MOST_PLANS = 50;

    private static final String OTHER_PLANS = "(others)";
    private static final String NO_PLAN = "(none)";

    private final String key;
    private final int mostNamed;
    private final Group all = new Group();
    private final Map<String, Group> plans = new TreeMap<>();
    private final List<String> gains = new ArrayList<>();
    private final List<String> losses = new ArrayList<>();

    /**
     * Makes one for a flag that nobody was counted for yet.
     *
     * @param mostNamed how many users are named who gain it, and how many who lose it
     */
    Flips(String key, int mostNamed) {
        this.key = key;
        this.mostNamed = mostNamed;
    }

    /** How many users of a kind there are. */
    static final class Group {

        private long users;
        private long onNow;
        private long compared;
        private long onBefore;
        private long gain;
        private long lose;
        private long other;

        /** Returns all of them. */
        long users() {
            return users;
        }

        /** Returns for how many it is on under the document. */
        long onNow() {
            return onNow;
        }

        /** Returns of how many it is known what they had before. */
        long compared() {
            return compared;
        }

        /** Returns for how many of these it was on. */
        long onBefore() {
            return onBefore;
        }

        /** Returns how many get it who did not have it. */
        long gain() {
            return gain;
        }

        /** Returns how many no longer get it. */
        long lose() {
            return lose;
        }

        /** Returns how many get another variant in some other way. */
        long other() {
            return other;
        }

        boolean hasFlips() {
            return gain + lose + other > 0;
        }

        private void add(@Nullable Arm now, boolean isCompared, @Nullable Arm before, boolean isSame) {
            users++;
            onNow += now == Arm.TREATMENT ? 1 : 0;
            if (isCompared) {
                compared++;
                onBefore += before == Arm.TREATMENT ? 1 : 0;
                gain += now == Arm.TREATMENT && before != Arm.TREATMENT ? 1 : 0;
                lose += now != Arm.TREATMENT && before == Arm.TREATMENT ? 1 : 0;
                other += !isSame && (now == Arm.TREATMENT) == (before == Arm.TREATMENT) ? 1 : 0;
            }
        }
    }

    /**
     * What somebody is served: a variant's name, {@link Recorded#CALLER_DEFAULT}, or an error.
     *
     * @param arm null where it is neither
     */
    record Given(String name, @Nullable Arm arm) {

        static Given of(Resolution resolution, @Nullable Definition definition) {
            if (resolution instanceof Served served) {
                return of(served.variant(), definition);
            }
            if (resolution instanceof CallerDefault) {
                return of(Recorded.CALLER_DEFAULT, definition);
            }
            if (resolution instanceof Failed failed) {
                return new Given("error " + failed.failure(), null);
            }
            throw new AssertionError("not a kind of resolution: " + resolution);
        }

        static Given of(String name, @Nullable Definition definition) {
            String variant = name.equals(Recorded.CALLER_DEFAULT) ? null : name;
            return new Given(name, definition instanceof Flag flag ? Arms.of(flag.variants(), variant) : null);
        }
    }

    /**
     * Counts a user.
     *
     * @param before what it had before, or null where that is not known
     */
    void add(Person person, Given now, @Nullable Given before) {
        boolean isSame = before != null && before.name().equals(now.name());
        Arm armBefore = before == null ? null : before.arm();
        all.add(now.arm(), before != null, armBefore, isSame);
        plan(person).add(now.arm(), before != null, armBefore, isSame);
        if (before != null && person.user() != null) {
            name(gains, now.arm() == Arm.TREATMENT && armBefore != Arm.TREATMENT, person.user());
            name(losses, now.arm() != Arm.TREATMENT && armBefore == Arm.TREATMENT, person.user());
        }
    }

    private Group plan(Person person) {
        String plan = person.plan() == null ? NO_PLAN : person.plan();
        boolean isKnown = plans.containsKey(plan) || plans.size() < MOST_PLANS;
        return plans.computeIfAbsent(isKnown ? plan : OTHER_PLANS, added -> new Group());
    }

    private void name(List<String> users, boolean is, String user) {
        if (is && users.size() < mostNamed) {
            users.add(user);
        }
    }

    String key() {
        return key;
    }

    Group all() {
        return all;
    }

    /** Returns the users of each plan. */
    Map<String, Group> plans() {
        return plans;
    }

    /** Returns the first users who get it and did not have it. */
    List<String> gains() {
        return gains;
    }

    /** Returns the first users who no longer get it. */
    List<String> losses() {
        return losses;
    }
}
