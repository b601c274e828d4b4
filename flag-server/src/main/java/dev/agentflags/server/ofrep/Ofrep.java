package dev.agentflags.server.ofrep;

import dev.agentflags.document.JsonText;
import dev.agentflags.model.FlagValue;
import dev.agentflags.model.FlagValue.Sequence;
import dev.agentflags.model.FlagValue.Structure;
import dev.agentflags.model.FlagValue.Text;
import dev.agentflags.server.hmac.HmacSha256;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Answers evaluations that are asked for over HTTP. Immutable, safe for use by many threads. */
public final class Ofrep {

    /** Of a request's body; more is refused, and need not be read to the end. */
    public static final int MAX_BYTES = RequestContext.MAX_BYTES;

    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9._-]{1,128}");

    private final byte[] etagKey;
    private final String planAttribute;

    /**
     * Makes one.
     *
     * @param etagKey random bytes of this process. Without them an ETag would let anyone who sees it try which context it is of
     * @param planAttribute the name of the context's attribute that holds the plan
     */
    public Ofrep(byte[] etagKey, String planAttribute) {
        this.etagKey = etagKey.clone();
        this.planAttribute = planAttribute;
    }

    /**
     * Evaluates one flag.
     *
     * @param key any string; what cannot be a key is refused
     * @param body of the request
     */
    public OfrepAnswer evaluate(Audience audience, String key, byte[] body) {
        FlagAnswer answer = one(audience, key, body);
        return new OfrepAnswer(answer.status(), null, JsonText.write(new Structure(answer.fields())));
    }

    private FlagAnswer one(Audience audience, String key, byte[] body) {
        if (!KEY.matcher(key).matches()) {
            return FlagAnswer.failed(400, "", "GENERAL", "expected a key of " + KEY);
        }
        try {
            RequestContext context = RequestContext.read(body, planAttribute);
            return audience.sees().test(key)
                    ? FlagAnswer.of(audience.snapshot(), key, context)
                    : FlagAnswer.failed(403, key, "GENERAL", "this token is not for this flag");
        } catch (OfrepException e) {
            return FlagAnswer.failed(e.status(), key, e.code(), Objects.toString(e.getMessage()));
        }
    }

    /**
     * Evaluates all flags that the caller may see.
     *
     * @param ifNoneMatch the request's header, or null
     */
    public OfrepAnswer evaluateAll(Audience audience, byte[] body, @Nullable String ifNoneMatch) {
        RequestContext context;
        try {
            context = RequestContext.read(body, planAttribute);
        } catch (OfrepException e) {
            return failure(e.status(), e.code(), Objects.toString(e.getMessage()));
        }
        String etag = etag(audience, context);
        return matches(etag, ifNoneMatch)
                ? new OfrepAnswer(304, etag, "")
                : new OfrepAnswer(200, etag, JsonText.write(all(audience, context)));
    }

    private Structure all(Audience audience, RequestContext context) {
        List<FlagValue> flags = new ArrayList<>();
        for (String key : audience.snapshot().ruleset().flags().keySet()) {
            if (audience.sees().test(key)) {
                flags.add(new Structure(
                        FlagAnswer.of(audience.snapshot(), key, context).fields()));
            }
        }
        Map<String, FlagValue> fields = new LinkedHashMap<>();
        fields.put("flags", new Sequence(flags));
        fields.put("metadata", new Structure(FlagAnswer.of(audience.snapshot().ruleset())));
        fields.put("eventStreams", new Sequence(List.of(stream(audience.stream()))));
        return new Structure(fields);
    }

    private static Structure stream(String path) {
        Map<String, FlagValue> fields = new LinkedHashMap<>();
        fields.put("type", new Text("sse"));
        fields.put("endpoint", new Structure(Map.of("requestUri", new Text(path))));
        return new Structure(fields);
    }

    /** Returns an answer for what cannot be evaluated at all, such as a request without a token. */
    public static OfrepAnswer failure(int status, String code, String message) {
        Map<String, FlagValue> fields = new LinkedHashMap<>();
        fields.put("errorCode", new Text(code));
        fields.put("errorDetails", new Text(message));
        return new OfrepAnswer(status, null, JsonText.write(new Structure(fields)));
    }

    private String etag(Audience audience, RequestContext context) {
        String seen = String.join("\n", audience.version(), audience.name(), context.canonical());
        byte[] proof = HmacSha256.of(etagKey, seen.getBytes(StandardCharsets.UTF_8));
        return "\"" + HexFormat.of().formatHex(proof, 0, proof.length / 2) + "\"";
    }

    private static boolean matches(String etag, @Nullable String ifNoneMatch) {
        if (ifNoneMatch == null) {
            return false;
        }
        for (String each : ifNoneMatch.split(",", -1)) {
            String tag = each.strip();
            if (tag.equals("*") || tag.equals(etag) || tag.equals("W/" + etag)) {
                return true;
            }
        }
        return false;
    }
}
