package dev.agentflags.snapshot;

import dev.agentflags.document.DocumentException;
import dev.agentflags.document.DocumentReader;
import dev.agentflags.document.ParsedDocument;
import dev.agentflags.document.Problem;
import dev.agentflags.model.Definition;
import dev.agentflags.model.Flag;
import dev.agentflags.model.InvalidFlag;
import dev.agentflags.model.KillSwitch;
import dev.agentflags.model.Revision;
import dev.agentflags.model.Ruleset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The ruleset in force, replaced as a whole. Safe for use by many threads; readers never wait. */
public final class RulesetInForce {

    private volatile @Nullable Snapshot current;

    /** What the last document came to; the same as what is in force but while every flag is killed for want of news. */
    private @Nullable Snapshot accepted;

    /** Makes one in which nothing is in force yet. */
    public RulesetInForce() {}

    /** Returns what is in force, or null if nothing ever was. */
    public @Nullable Snapshot current() {
        return current;
    }

    /**
     * Puts a document in force.
     *
     * @param utf8 the document's bytes
     * @throws RefusedException if it is not a document, or an earlier one of the same store
     */
    public Change accept(byte[] utf8) throws RefusedException {
        return accept(read(utf8));
    }

    /**
     * Puts a document in force.
     *
     * @throws RefusedException if it is an earlier one of the same store
     */
    public synchronized Change accept(ParsedDocument document) throws RefusedException {
        Ruleset ruleset = document.ruleset();
        if (accepted != null) {
            refuseOlder(ruleset.revision(), accepted.ruleset().revision());
            ruleset = completed(ruleset, accepted.ruleset());
        }
        accepted = Snapshot.of(ruleset);
        return replace(accepted, document.problems());
    }

    /**
     * Kills every flag, whatever the document says, until {@link #release()} or until another document is accepted.
     *
     * @return what that has changed, or null if nothing is in force, or every flag is killed already
     */
    public synchronized @Nullable Change killAll(String reason) {
        Snapshot before = current;
        if (before == null || before.isKilled()) {
            return null;
        }
        Ruleset ruleset = before.ruleset();
        return replace(
                Snapshot.of(new Ruleset(
                        ruleset.flagSet(),
                        ruleset.revision(),
                        new KillSwitch(true, reason, null, null),
                        ruleset.flags())),
                List.of());
    }

    /**
     * Puts in force again what the last document said.
     *
     * @return what that has changed, or null if it was in force
     */
    public synchronized @Nullable Change release() {
        return accepted == null || accepted.equals(current) ? null : replace(accepted, List.of());
    }

    private Change replace(Snapshot after, List<Problem> problems) {
        Snapshot before = current;
        current = after;
        return new Change(before, after, problems);
    }

    private static ParsedDocument read(byte[] utf8) throws RefusedException {
        try {
            return DocumentReader.read(utf8);
        } catch (DocumentException e) {
            throw new RefusedException(Objects.requireNonNullElse(e.getMessage(), "not a document"), e);
        }
    }

    private static void refuseOlder(@Nullable Revision offered, @Nullable Revision inForce) throws RefusedException {
        if (offered != null && inForce != null && offered.isOlderThan(inForce)) {
            throw new RefusedException(
                    "serial %d is older than serial %d, which is in force; to go back to an older document, give it a higher serial or another lineage"
                            .formatted(offered.serial(), inForce.serial()),
                    null);
        }
    }

    /** Fills in from the last ruleset what could not be read of this one. */
    private static Ruleset completed(Ruleset ruleset, Ruleset before) {
        Map<String, Definition> flags = new LinkedHashMap<>();
        ruleset.flags()
                .forEach((key, definition) ->
                        flags.put(key, completed(definition, before.flags().get(key))));
        KillSwitch killSwitch = ruleset.killSwitch() == null ? before.killSwitch() : ruleset.killSwitch();
        return new Ruleset(ruleset.flagSet(), ruleset.revision(), killSwitch, flags);
    }

    /** A flag that is invalid now keeps its last valid definition. An invalid definition can kill, but never revive. */
    private static Definition completed(Definition definition, @Nullable Definition before) {
        if (!(definition instanceof InvalidFlag invalid) || before == null) {
            return definition;
        }
        KillSwitch killSwitch = invalid.killSwitch().engaged() ? invalid.killSwitch() : before.killSwitch();
        return before instanceof Flag valid
                ? valid.withKillSwitch(killSwitch)
                : new InvalidFlag(invalid.key(), killSwitch, invalid.problem());
    }
}
