package dev.agentflags.document;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentflags.model.Definition;
import dev.agentflags.model.KillSwitch;
import dev.agentflags.model.Revision;
import dev.agentflags.model.Ruleset;
import java.nio.charset.StandardCharsets;
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

    private final Problems problems = new Problems();

    private DocumentReader() {}

    /**
     * Reads a document.
     *
     * @param utf8 the document's bytes
     * @throws DocumentException if it is refused as a whole: not UTF-8, not JSON, over a limit, or of neither form
     */
    public static ParsedDocument read(byte[] utf8) throws DocumentException {
        String text = Json.decode(utf8);
        return new DocumentReader().parsed(text, Json.parse(text));
    }

    /**
     * Reads a document.
     *
     * @param text the document, without a byte order mark
     * @throws DocumentException if it is refused as a whole: not JSON, over a limit, or of neither form
     */
    public static ParsedDocument read(String text) throws DocumentException {
        Json.requireSize(text.getBytes(StandardCharsets.UTF_8).length);
        return new DocumentReader().parsed(text, Json.parse(text));
    }

    private ParsedDocument parsed(String text, JsonNode root) throws DocumentException {
        Ruleset ruleset = Form.of(root) == Form.FULL ? full(root, text) : minimal(root, text);
        return new ParsedDocument(ruleset, problems.locatedIn(text));
    }

    private Ruleset full(JsonNode root, String text) throws DocumentException {
        Fields fields = Fields.of(root, Place.ROOT, problems);
        JsonNode version = root.get("version");
        if (fields == null || version.doubleValue() != VERSION) {
            problems.error(Place.ROOT.child("version"), Found.expected("" + VERSION, version));
            throw new DocumentException(problems.locatedIn(text));
        }
        fields.has("version");
        fields.text("$schema");
        String flagSet = fields.text("flag_set");
        Revision revision = revision(fields, text);
        KillSwitch killSwitch = rootKillSwitch(fields);
        Segments segments = Segments.read(fields.node("segments"), Place.ROOT.child("segments"), problems);
        JsonNode flags = fields.node("flags");
        fields.warnOfUnknown();
        return new Ruleset(flagSet, revision, killSwitch, flags(flags, Place.ROOT.child("flags"), segments));
    }

    /** A serial that cannot be read would let an old document pass for a new one, so it refuses the whole. */
    private @Nullable Revision revision(Fields fields, String text) throws DocumentException {
        int before = problems.errors();
        String lineage = fields.text("lineage");
        Long serial = fields.whole("serial");
        if (lineage != null && !fields.has("serial")) {
            fields.error("serial", Found.expected("a serial beside the lineage", null));
        }
        if (problems.errors() > before) {
            throw new DocumentException(problems.locatedIn(text));
        }
        return serial == null ? null : new Revision(lineage, serial);
    }

    private @Nullable KillSwitch rootKillSwitch(Fields fields) {
        int before = problems.errors();
        JsonNode node = fields.node("kill_switch");
        KillSwitch killSwitch = KillSwitchReader.read(node, Place.ROOT.child("kill_switch"), problems);
        return problems.errors() == before || killSwitch.engaged() ? killSwitch : null;
    }

    private Ruleset minimal(JsonNode root, String text) throws DocumentException {
        Form.requireMinimal(root, problems);
        if (problems.errors() > 0) {
            throw new DocumentException(problems.locatedIn(text));
        }
        Segments none = Segments.read(null, Place.ROOT, problems);
        return new Ruleset(null, null, KillSwitch.RELEASED, flags(root, Place.ROOT, none));
    }

    private Map<String, Definition> flags(@Nullable JsonNode node, Place place, Segments segments) {
        Map<String, Definition> flags = new LinkedHashMap<>();
        var reader = new FlagReader(segments, problems);
        if (node != null) {
            node.properties().forEach(entry -> {
                if (!place.equals(Place.ROOT) || !entry.getKey().equals(Form.SCHEMA)) {
                    problems.concerning(entry.getKey());
                    flags.put(
                            entry.getKey(), reader.read(entry.getKey(), entry.getValue(), place.child(entry.getKey())));
                }
            });
        }
        Map<String, Definition> checked = Requirements.check(flags, place, problems);
        problems.concerning(null);
        return checked;
    }
}
