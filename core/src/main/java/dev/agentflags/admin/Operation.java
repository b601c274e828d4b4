package dev.agentflags.admin;

import dev.agentflags.model.FlagValue;
import dev.agentflags.model.Revision;
import org.jspecify.annotations.Nullable;

/** Something to be done to flags. Immutable. */
public sealed interface Operation {

    /** Returns what it is called in the audit trail and on the command line. */
    String name();

    /** Returns the flag that it changes, or null where it changes all. */
    @Nullable
    String key();

    /** Returns why it is done, for the audit trail. */
    String reason();

    /** Whether it must get through although something beside it, such as the audit trail, does not work. */
    default boolean isKill() {
        return false;
    }

    /** Kills a flag. Killing it again changes nothing. */
    record Kill(String key, String reason) implements Operation {

        @Override
        public String name() {
            return "kill";
        }

        @Override
        public boolean isKill() {
            return true;
        }
    }

    /** Kills every flag. */
    record KillAll(String reason) implements Operation {

        @Override
        public String name() {
            return "kill-all";
        }

        @Override
        public @Nullable String key() {
            return null;
        }

        @Override
        public boolean isKill() {
            return true;
        }
    }

    /** Takes a kill of one flag back. It stays killed while all are. */
    record Revive(String key, String reason) implements Operation {

        @Override
        public String name() {
            return "revive";
        }
    }

    /** Takes the kill of every flag back. Those that were killed one by one stay killed. */
    record ReviveAll(String reason) implements Operation {

        @Override
        public String name() {
            return "revive-all";
        }

        @Override
        public @Nullable String key() {
            return null;
        }
    }

    /** Takes a flag to the next stage of its rollout; at 100 % its status becomes {@code on}. It is no longer paused there. */
    record Advance(String key, String reason) implements Operation {

        @Override
        public String name() {
            return "advance";
        }
    }

    /** Takes a flag to the stage before, and from the first one to 0 %. */
    record RollBack(String key, String reason) implements Operation {

        @Override
        public String name() {
            return "roll-back";
        }
    }

    /**
     * Holds a guarded rollout at its present stage: the guard no longer takes it on, until {@link Advance} does. It still stops it.
     * Pausing it again changes nothing.
     */
    record Pause(String key, String reason) implements Operation {

        @Override
        public String name() {
            return "pause";
        }
    }

    /**
     * Adds a flag, or replaces its definition.
     *
     * @param flag the whole definition, as a document has it
     */
    record Put(String key, FlagValue flag, String reason) implements Operation {

        @Override
        public String name() {
            return "put";
        }
    }

    /**
     * Gives a document a lineage and a serial, where it has not both of its own, so that its readers can tell an older one from a
     * newer one. One of the minimal form is wrapped.
     *
     * @param after the revision that it goes on from, or null where it begins a lineage
     */
    record Adopt(@Nullable Revision after, String reason) implements Operation {

        @Override
        public String name() {
            return "adopt";
        }

        @Override
        public @Nullable String key() {
            return null;
        }
    }

    /** Removes a flag. */
    record Remove(String key, String reason) implements Operation {

        @Override
        public String name() {
            return "remove";
        }
    }
}
