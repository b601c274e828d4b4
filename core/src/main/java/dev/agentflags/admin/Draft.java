package dev.agentflags.admin;

import dev.agentflags.admin.AdminException.Kind;
import dev.agentflags.document.DocumentEditor;
import dev.agentflags.document.DocumentException;
import dev.agentflags.document.ParsedDocument;
import dev.agentflags.document.Problem;
import dev.agentflags.document.RecentDocument;
import dev.agentflags.model.Definition;
import dev.agentflags.model.Flag;
import dev.agentflags.model.FlagValue;
import dev.agentflags.model.KillSwitch;
import dev.agentflags.model.Revision;
import dev.agentflags.model.Ruleset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A document on which one operation is tried, in memory. Not safe for use by many threads. */
final class Draft {

    private final RecentDocument reader;
    private final ParsedDocument original;
    private final DocumentEditor editor;
    private @Nullable Revision revision;
    private boolean adopted;

    private Draft(RecentDocument reader, ParsedDocument original, DocumentEditor editor) {
        this.reader = reader;
        this.original = original;
        this.editor = editor;
        this.revision = original.ruleset().revision();
    }

    static Draft of(String text, RecentDocument reader) throws AdminException {
        try {
            return new Draft(reader, reader.read(text), DocumentEditor.ofReadable(text));
        } catch (DocumentException e) {
            throw new AdminException(Kind.INVALID, "the document must be mended first:\n" + e.getMessage(), e);
        }
    }

    Ruleset ruleset() {
        return original.ruleset();
    }

    /** Returns the definition under a key, sound or not. */
    Definition definition(String key) throws AdminException {
        Definition definition = ruleset().flags().get(key);
        if (definition == null) {
            throw new AdminException(
                    Kind.NO_SUCH_FLAG,
                    "no flag has the key \"%s\"; there are %s"
                            .formatted(key, ruleset().flags().keySet()));
        }
        return definition;
    }

    /** Returns the flag under a key, which must be a sound one. */
    Flag flag(String key) throws AdminException {
        if (definition(key) instanceof Flag flag) {
            return flag;
        }
        throw new AdminException(
                Kind.INVALID, "the definition of \"" + key + "\" must be mended first:\n" + problems());
    }

    boolean isAllKilled() {
        KillSwitch root = ruleset().killSwitch();
        return root != null && root.engaged();
    }

    /** Refuses to go on while the flag is killed, by its own switch or the root's. */
    void refuseKilled(Definition definition) throws AdminException {
        if (isAllKilled() || definition.killSwitch().engaged()) {
            throw new AdminException(
                    Kind.REFUSED,
                    "\"%s\" is killed%s; revive it first"
                            .formatted(definition.key(), isAllKilled() ? ", as all flags are" : ""));
        }
    }

    /** Returns a flag as the document has it now, or null where there is none. */
    @Nullable
    FlagValue json(String key) {
        return editor.flag(key);
    }

    /** Returns the root's switch as the document has it now, or null where there is none. */
    @Nullable
    FlagValue rootKillSwitch() {
        return editor.root("kill_switch");
    }

    void set(String key, String field, FlagValue value) throws AdminException {
        try {
            editor.setField(key, field, value);
        } catch (IllegalArgumentException e) {
            throw new AdminException(Kind.INVALID, "\"" + key + "\" must be mended first: it is not an object", e);
        }
    }

    /** Sets a flag's only field; what was there before, and was no flag, is gone. */
    void replace(String key, String field, FlagValue value) {
        editor.putFlag(key, new FlagValue.Structure(Map.of(field, value)));
    }

    void setRoot(String field, FlagValue value) {
        editor.setRoot(field, value);
    }

    void put(String key, FlagValue flag) {
        editor.putFlag(key, flag);
    }

    void remove(String key) {
        editor.removeFlag(key);
    }

    /**
     * Makes the document one with a lineage and a serial, of whichever form it is.
     *
     * @param after the revision that it goes on from, or null where it begins a lineage
     * @return what was done, or null where it has both already
     */
    @Nullable
    String adopt(@Nullable Revision after) {
        if (revision != null && revision.lineage() != null) {
            return null;
        }
        adopted = true;
        revision = after == null ? revision : after;
        return after == null ? "the document begins a lineage" : "the document goes on from serial " + after.serial();
    }

    /**
     * Counts the document's serial up by one, and gives it a lineage if it has none. The minimal form has no room for either, and
     * is left alone unless it was adopted.
     */
    @Nullable
    Long nextSerial() {
        if (!editor.isFull() && !adopted) {
            return null;
        }
        boolean atTheEnd = revision != null && revision.serial() == Long.MAX_VALUE;
        Revision before =
                atTheEnd ? null : revision; // nothing can be counted up from there, and a kill must get through
        if (adopted || before == null || before.lineage() == null) {
            editor.setRoot("lineage", new FlagValue.Text(lineage(before)));
        }
        long serial = before == null ? 1 : before.serial() + 1;
        editor.setRoot("serial", new FlagValue.Whole(serial));
        return serial;
    }

    private static String lineage(@Nullable Revision revision) {
        return revision == null || revision.lineage() == null
                ? UUID.randomUUID().toString()
                : revision.lineage();
    }

    /** Returns the new document, which must not have any problem. */
    String sound() throws AdminException {
        return checked(true);
    }

    /** Returns the new document whatever problems single flags have, as long as it is one. */
    String readable() throws AdminException {
        return checked(false);
    }

    private String checked(boolean strictly) throws AdminException {
        String text = editor.text();
        try {
            List<Problem> found = reader.read(text).problems();
            if (strictly && !found.isEmpty()) {
                throw new DocumentException(found);
            }
            return text;
        } catch (DocumentException e) {
            throw new AdminException(Kind.INVALID, "the document would have problems:\n" + e.getMessage(), e);
        }
    }

    private String problems() {
        StringBuilder text = new StringBuilder();
        original.problems().forEach(problem -> text.append(problem).append('\n'));
        return text.toString().stripTrailing();
    }
}
