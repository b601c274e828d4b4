package dev.agentflags.admin;

import dev.agentflags.model.FlagValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Changes flags, wherever they are kept. Safe for use by many threads and many processes. */
public interface FlagAdmin {

    /**
     * Does what an operation says, or nothing at all.
     *
     * @param ifVersion the version that the document must still have, as {@link Stored#version} names it; null for whichever it
     *     has. A kill does not look at it
     * @throws AdminException if it was not done
     */
    Outcome apply(Operation operation, @Nullable String ifVersion) throws AdminException;

    /**
     * Returns the document and its version.
     *
     * @throws AdminException if it cannot be read
     */
    Stored document() throws AdminException;

    /**
     * Returns the audit trail, oldest entry first.
     *
     * @throws AdminException if it cannot be read
     */
    List<AuditEntry> audit() throws AdminException;

    /**
     * Kills a flag; killing it again changes nothing.
     *
     * @throws AdminException if there is no such flag, or the kill could not be kept
     */
    default Outcome kill(String key, String reason) throws AdminException {
        return apply(new Operation.Kill(key, reason), null);
    }

    /**
     * Kills every flag.
     *
     * @throws AdminException if the kill could not be kept
     */
    default Outcome killAll(String reason) throws AdminException {
        return apply(new Operation.KillAll(reason), null);
    }

    /**
     * Takes a kill of one flag back.
     *
     * @throws AdminException if there is no such flag, or the change could not be kept
     */
    default Outcome revive(String key, String reason) throws AdminException {
        return apply(new Operation.Revive(key, reason), null);
    }

    /**
     * Takes the kill of every flag back; those that were killed one by one stay killed.
     *
     * @throws AdminException if the change could not be kept
     */
    default Outcome reviveAll(String reason) throws AdminException {
        return apply(new Operation.ReviveAll(reason), null);
    }

    /**
     * Takes a flag to the next stage of its rollout.
     *
     * @throws AdminException if there is no such flag, it is killed, or it is at 100 % already
     */
    default Outcome advance(String key, String reason) throws AdminException {
        return apply(new Operation.Advance(key, reason), null);
    }

    /**
     * Takes a flag to the stage before.
     *
     * @throws AdminException if there is no such flag, it is killed, or it is at 0 % already
     */
    default Outcome rollBack(String key, String reason) throws AdminException {
        return apply(new Operation.RollBack(key, reason), null);
    }

    /**
     * Holds a guarded rollout at its present stage until a person advances it; pausing it again changes nothing.
     *
     * @throws AdminException if there is no such flag, or no guard that would take it on
     */
    default Outcome pause(String key, String reason) throws AdminException {
        return apply(new Operation.Pause(key, reason), null);
    }

    /**
     * Adds a flag, or replaces its definition.
     *
     * @param flag the whole definition, as a document has it
     * @param ifVersion the version of the document that the definition was made for
     * @throws AdminException if the document has changed since, the definition has errors, or it would take a kill back
     */
    default Outcome put(String key, FlagValue flag, String reason, String ifVersion) throws AdminException {
        return apply(new Operation.Put(key, flag, reason), ifVersion);
    }

    /**
     * Removes a flag.
     *
     * @param ifVersion the version of the document that this was decided on
     * @throws AdminException if the document has changed since, the flag is killed, or others require it
     */
    default Outcome remove(String key, String reason, String ifVersion) throws AdminException {
        return apply(new Operation.Remove(key, reason), ifVersion);
    }
}
