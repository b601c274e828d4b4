package dev.agentflags.server.ofrep;

import dev.agentflags.document.DocumentException;
import dev.agentflags.document.JsonText;
import dev.agentflags.evaluation.Subject;
import dev.agentflags.model.FlagValue;
import dev.agentflags.model.FlagValue.Bool;
import dev.agentflags.model.FlagValue.Decimal;
import dev.agentflags.model.FlagValue.Null;
import dev.agentflags.model.FlagValue.Sequence;
import dev.agentflags.model.FlagValue.Structure;
import dev.agentflags.model.FlagValue.Text;
import dev.agentflags.model.FlagValue.Whole;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The evaluation context of a request, seen as a subject. Immutable; never prints its attributes. */
final class RequestContext implements Subject {

    static final int MAX_BYTES = 64 * 1024;
    static final int MAX_DEPTH = 16;

    private static final String TARGETING_KEY = "targetingKey";

    private final Map<String, FlagValue> attributes;
    private final String planAttribute;

    private RequestContext(Map<String, FlagValue> attributes, String planAttribute) {
        this.attributes = attributes;
        this.planAttribute = planAttribute;
    }

    /**
     * Reads a request.
     *
     * @param body {@code {"context": {…}}}; an empty one stands for an empty context
     * @param planAttribute the name of the attribute that holds the plan
     * @throws OfrepException if it is something else, or too large
     */
    static RequestContext read(byte[] body, String planAttribute) throws OfrepException {
        if (body.length > MAX_BYTES) {
            throw new OfrepException(413, "GENERAL", "expected at most %,d bytes".formatted(MAX_BYTES));
        }
        FlagValue root = body.length == 0 ? new Structure(Map.of()) : json(body);
        if (!(root instanceof Structure request)) {
            throw new OfrepException(400, "PARSE_ERROR", "expected an object with a context");
        }
        FlagValue context = request.fields().getOrDefault("context", new Null());
        context = context instanceof Null ? new Structure(Map.of()) : context;
        if (!(context instanceof Structure object)) {
            throw new OfrepException(400, "INVALID_CONTEXT", "/context: expected an object");
        }
        if (depth(root) > MAX_DEPTH) {
            throw new OfrepException(400, "INVALID_CONTEXT", "expected at most " + MAX_DEPTH + " levels");
        }
        FlagValue key = object.fields().get(TARGETING_KEY);
        if (key != null && !(key instanceof Text) && !(key instanceof Null)) {
            throw new OfrepException(400, "INVALID_CONTEXT", "/context/targetingKey: expected a string");
        }
        return new RequestContext(object.fields(), planAttribute);
    }

    /** What the parser says of an error may repeat the text, so it is not passed on. */
    private static FlagValue json(byte[] body) throws OfrepException {
        try {
            return JsonText.read(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString());
        } catch (CharacterCodingException | DocumentException | IllegalArgumentException e) {
            throw new OfrepException(400, "PARSE_ERROR", "expected JSON in UTF-8 without duplicate names");
        }
    }

    private static int depth(FlagValue value) {
        if (value instanceof Structure object) {
            return 1
                    + object.fields().values().stream()
                            .mapToInt(RequestContext::depth)
                            .max()
                            .orElse(0);
        }
        if (value instanceof Sequence array) {
            return 1
                    + array.items().stream()
                            .mapToInt(RequestContext::depth)
                            .max()
                            .orElse(0);
        }
        return 0;
    }

    @Override
    public @Nullable String user() {
        return attributes.get(TARGETING_KEY) instanceof Text key ? key.value() : null;
    }

    @Override
    public @Nullable String plan() {
        return attributes.get(planAttribute) instanceof Text plan ? plan.value() : null;
    }

    @Override
    public @Nullable Object attribute(String name) {
        FlagValue value = attributes.get(name);
        if (value instanceof Text text) {
            return text.value();
        }
        if (value instanceof Bool bool) {
            return bool.value();
        }
        if (value instanceof Whole whole) {
            return whole.value();
        }
        if (value instanceof Decimal decimal) {
            return decimal.value();
        }
        return value instanceof Null ? null : value;
    }

    /** Returns the same text for the same context, in whatever order its attributes came. */
    String canonical() {
        return JsonText.write(sorted(new Structure(attributes)));
    }

    private static FlagValue sorted(FlagValue value) {
        if (value instanceof Structure object) {
            Map<String, FlagValue> fields = new LinkedHashMap<>();
            new TreeMap<>(object.fields()).forEach((name, field) -> fields.put(name, sorted(field)));
            return new Structure(fields);
        }
        if (value instanceof Sequence array) {
            return new Sequence(
                    array.items().stream().map(RequestContext::sorted).toList());
        }
        return value;
    }
}
