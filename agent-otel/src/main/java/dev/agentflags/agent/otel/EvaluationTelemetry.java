package dev.agentflags.agent.otel;

import dev.openfeature.sdk.EvaluationContext;
import dev.openfeature.sdk.FlagEvaluationDetails;
import dev.openfeature.sdk.Hook;
import dev.openfeature.sdk.HookContext;
import dev.openfeature.sdk.Reason;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.logs.Logger;
import io.opentelemetry.api.trace.Span;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A hook that reports each evaluation as OpenTelemetry's event {@code feature_flag.evaluation}, and its variant on the
 * span that is current on the evaluating thread. Safe for use by many threads.
 *
 * <p>It never reports a flag's value or the caller's default, which may be a prompt, nor an error's message. Who was
 * asking is reported only with a key, and then as a pseudonym. A variant is reported only where it was served.
 */
public final class EvaluationTelemetry implements Hook<Object> {

    private static final String SET_ID_METADATA = "flagSetId";
    private static final String VERSION_METADATA = "version";

    private final Logger events;
    private final @Nullable Pseudonym pseudonym;

    private EvaluationTelemetry(OpenTelemetry telemetry, @Nullable Pseudonym pseudonym) {
        this.events = telemetry.getLogsBridge().get(Names.SCOPE);
        this.pseudonym = pseudonym;
    }

    /** Reports nothing about who was asking. */
    public static EvaluationTelemetry of(OpenTelemetry telemetry) {
        return new EvaluationTelemetry(telemetry, null);
    }

    /**
     * Reports who was asking as the HMAC-SHA-256 of the targeting key.
     *
     * @param key at least 16 bytes, from a secret store; who has it can find out whether a pseudonym is a certain user's
     * @throws IllegalArgumentException if the key is shorter
     */
    public static EvaluationTelemetry withPseudonyms(OpenTelemetry telemetry, byte[] key) {
        return new EvaluationTelemetry(telemetry, new Pseudonym(key));
    }

    @Override
    public void finallyAfter(
            HookContext<Object> evaluation, FlagEvaluationDetails<Object> details, Map<String, Object> hints) {
        String variant = details.getErrorCode() == null ? details.getVariant() : null;
        events.logRecordBuilder()
                .setEventName(Names.EVALUATION_EVENT)
                .setAllAttributes(attributes(evaluation, details, variant))
                .emit();
        if (variant != null) {
            Span.current().setAttribute(Names.evaluatedVariantOf(evaluation.getFlagKey()), variant);
        }
    }

    private Attributes attributes(
            HookContext<Object> evaluation, FlagEvaluationDetails<Object> details, @Nullable String variant) {
        AttributesBuilder attributes = Attributes.builder()
                .put(Names.FLAG_KEY, evaluation.getFlagKey())
                .put(Names.REASON, lowerCase(details.getReason() == null ? Reason.UNKNOWN : details.getReason()));
        put(attributes, Names.VARIANT, variant);
        put(attributes, Names.PROVIDER, evaluation.getProviderMetadata().getName());
        Map<String, Object> metadata = details.getFlagMetadata().asUnmodifiableMap();
        put(attributes, Names.SET_ID, metadata.get(SET_ID_METADATA));
        put(attributes, Names.VERSION, metadata.get(VERSION_METADATA));
        if (details.getErrorCode() != null) {
            attributes.put(Names.ERROR_TYPE, lowerCase(details.getErrorCode()));
        }
        put(attributes, Names.CONTEXT_ID, pseudonym(evaluation.getCtx()));
        return attributes.build();
    }

    private @Nullable String pseudonym(EvaluationContext caller) {
        String key = caller.getTargetingKey();
        return pseudonym == null || key == null || key.isEmpty() ? null : pseudonym.of(key);
    }

    private static void put(AttributesBuilder attributes, AttributeKey<String> name, @Nullable Object value) {
        if (value != null) {
            attributes.put(name, value.toString());
        }
    }

    private static String lowerCase(Object word) {
        return word.toString().toLowerCase(Locale.ROOT);
    }
}
