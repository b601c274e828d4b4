package dev.agentflags.agent.otel;

import io.opentelemetry.api.common.AttributeKey;

/**
 * Every name that goes out, in one place: OpenTelemetry's conventions for feature flags are a release candidate and the
 * ones for generative AI still in development, so expect them to change here and nowhere else.
 */
final class Names {

    static final String SCOPE = "dev.agentflags.agent";

    static final String EVALUATION_EVENT = "feature_flag.evaluation";
    static final AttributeKey<String> FLAG_KEY = AttributeKey.stringKey("feature_flag.key");
    static final AttributeKey<String> PROVIDER = AttributeKey.stringKey("feature_flag.provider.name");
    static final AttributeKey<String> VARIANT = AttributeKey.stringKey("feature_flag.result.variant");
    static final AttributeKey<String> REASON = AttributeKey.stringKey("feature_flag.result.reason");
    static final AttributeKey<String> SET_ID = AttributeKey.stringKey("feature_flag.set.id");
    static final AttributeKey<String> VERSION = AttributeKey.stringKey("feature_flag.version");
    static final AttributeKey<String> CONTEXT_ID = AttributeKey.stringKey("feature_flag.context.id");
    static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");

    static final AttributeKey<String> AGENT = AttributeKey.stringKey("gen_ai.agent.name");
    static final AttributeKey<String> MODEL = AttributeKey.stringKey("gen_ai.request.model");
    static final AttributeKey<String> RUN_ID = AttributeKey.stringKey("agentflags.run.id");

    /**
     * The variant that a flag had when it was last evaluated: events have one flag each, a span may have several. Not below
     * {@link #VARIANT}, since a name cannot be both an attribute's and a namespace's.
     */
    static AttributeKey<String> evaluatedVariantOf(String flag) {
        return AttributeKey.stringKey("agentflags." + flag + ".evaluated_variant");
    }

    /** The label that a run has of a flag, which differs from the above where its conversation keeps an earlier one. */
    static AttributeKey<String> labelOf(String flag) {
        return AttributeKey.stringKey("agentflags." + flag + ".variant");
    }

    private Names() {}
}
