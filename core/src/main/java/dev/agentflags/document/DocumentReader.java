package dev.agentflags.document;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentflags.model.Definition;
import dev.agentflags.model.KillSwitch;
import dev.agentflags.model.Revision;
import dev.agentflags.model.Ruleset;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads documents of both forms.
 *
 * <p>A document that is not JSON, or of neither form, is refused as a whole. In a sound one each flag stands for itself: one
 * with errors is reported, and the others can be used. Stateless, safe for use by many threads.
 */
public final class DocumentReader {

    /** What {@code version} must be in the full form. */
    public static final int VERSION = 1;

    private static final int HASH_DIGITS = 8;

    private final String text;
    private final Problems problems = new Problems();

    private DocumentReader(String text) {
        this.text = text;
    }

    /**
     * Reads a document.
     *
     * @param utf8 the document's bytes; a byte order mark is passed over
     * @throws DocumentException if it is refused as a whole: not UTF-8, not JSON, over a limit, or of neither form
     */
    public static ParsedDocument read(byte[] utf8) throws DocumentException {
        return new DocumentReader(Json.decode(utf8)).read();
    }

    /**
     * Reads a document.
     *
     * @param text the document, without a byte order mark
     * @throws DocumentException if it is refused as a whole: not JSON, over a limit, or of neither form
     */
    public static ParsedDocument read(String text) throws DocumentException {
        Json.requireText(text);
        return new DocumentReader(text).read();
    }

    /**
     * Returns the revision that a document says it is, or null where it has none. Does not look at its flags, and so takes a small
     * part of the time that reading it takes.
     *
     * @param utf8 the document's bytes; a byte order mark is passed over
     * @throws DocumentException if they are not an object in JSON, or the revision cannot be read
     */
    public static @Nullable Revision revision(byte[] utf8) throws DocumentException {
        String text = Json.decode(utf8);
        var reader = new DocumentReader(text);
        JsonNode outline = Json.outline(text);
        Fields root = Fields.of(outline, Place.ROOT, reader.problems);
        if (root == null) {
            throw reader.refused();
        }
        return Form.of(outline) == Form.FULL ? reader.revision(root) : null;
    }

    private ParsedDocument read() throws DocumentException {
        JsonNode node = Json.parse(text);
        Fields root = Fields.of(node, Place.ROOT, problems);
        if (root == null) {
            throw refused();
        }
        Ruleset ruleset = Form.of(node) == Form.FULL ? full(root) : minimal(root);
        Long serial = ruleset.serial();
        return new ParsedDocument(ruleset, problems.locatedIn(text), serial == null ? hash() : serial.toString());
    }

    private String hash() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, HASH_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    private DocumentException refused() {
        return new DocumentException(problems.locatedIn(text));
    }

    private Ruleset full(Fields root) throws DocumentException {
        JsonNode version = root.node("version");
        if (version == null || version.doubleValue() != VERSION) {
            root.error("version", Found.expected("" + VERSION, version));
            root.entries().forEach(this::reportStatus);
            throw refused();
        }
        root.text(Form.SCHEMA);
        String flagSet = root.text("flag_set");
        Revision revision = revision(root);
        KillSwitch killSwitch = killSwitch(root);
        Fields segments = root.object("segments");
        Segments conditions = segments == null ? Segments.none(problems) : Segments.read(segments, problems);
        Fields flags = root.object("flags");
        root.warnOfUnknown();
        return new Ruleset(flagSet, revision, killSwitch, flags == null ? Map.of() : flags(flags, conditions));
    }

    /** A serial that cannot be read would let an old document pass for a new one, so it refuses the whole. */
    private @Nullable Revision revision(Fields root) throws DocumentException {
        int before = problems.errors();
        String lineage = root.text("lineage");
        Long serial = root.whole("serial");
        if (root.has("lineage")) {
            root.require("serial", "a serial beside the lineage");
        }
        if (problems.errors() > before) {
            throw refused();
        }
        return serial == null ? null : new Revision(lineage, serial);
    }

    /** Returns null where the switch has errors and is not engaged as far as it can be read. */
    private @Nullable KillSwitch killSwitch(Fields root) {
        int before = problems.errors();
        KillSwitch killSwitch = KillSwitchReader.read(root);
        return problems.errors() == before || killSwitch.engaged() ? killSwitch : null;
    }

    private Ruleset minimal(Fields root) throws DocumentException {
        if (!Form.looksLikeFlags(root)) {
            problems.error(
                    Place.ROOT,
                    "expected a map of flags, or \"version\" (a number) and \"flags\" (an object), found no flag with a"
                            + " status of " + Form.STATUSES
                            + "; a document without flags is {\"version\": 1, \"flags\": {}}");
            root.entries().forEach(this::reportStatus);
            throw refused();
        }
        root.text(Form.SCHEMA);
        return new Ruleset(null, null, KillSwitch.RELEASED, flags(root, Segments.none(problems)));
    }

    /** Where it is a misspelt status that makes the only flag look like none, that is what is worth knowing. */
    private void reportStatus(Map.Entry<String, JsonNode> entry) {
        JsonNode status = entry.getValue().path("status");
        if (status.isTextual() && !Form.STATUSES.contains(status.textValue())) {
            Place place = Place.ROOT.child(entry.getKey()).child("status");
            problems.error(place, Found.expected("one of " + Form.STATUSES, status));
        }
    }

    private Map<String, Definition> flags(Fields owner, Segments segments) {
        Map<String, Definition> flags = new LinkedHashMap<>();
        var reader = new FlagReader(segments, problems);
        for (Map.Entry<String, JsonNode> entry : owner.entries()) {
            String key = entry.getKey();
            if (!owner.place().equals(Place.ROOT) || !key.equals(Form.SCHEMA)) {
                flags.put(key, reader.read(key, entry.getValue(), owner.place().child(key)));
            }
        }
        Map<String, Definition> checked = Requirements.check(flags, owner.place(), problems);
        problems.concerning(null);
        return checked;
    }
}
