package dev.agentflags.agent;

import dev.agentflags.agent.outcome.Decision.Status;
import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.ErrorCode;
import dev.openfeature.sdk.EvaluationContext;
import dev.openfeature.sdk.FlagEvaluationDetails;
import dev.openfeature.sdk.Reason;
import dev.openfeature.sdk.Value;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which of its questions OpenFeature is asked about a flag, and how the reply is read. */
enum Question {

    /** Whether it is on. */
    BOOLEAN {
        @Override
        FlagEvaluationDetails<?> evaluate(Client client, String flag, EvaluationContext context) {
            return client.getBooleanDetails(flag, false, context);
        }

        @Override
        Answer read(FlagEvaluationDetails<?> details, @Nullable String variant, Set<String> offVariants) {
            if (!(details.getValue() instanceof Boolean on)) {
                return mismatch(details);
            }
            // the SDK's in-memory provider names its default variant, whichever one it serves
            boolean misnamed = variant != null && (on ? offVariants.contains(variant) : variant.equals(ON_NAME));
            if (variant != null && !misnamed) {
                return on ? served(details, ON, variant) : off(details, variant);
            }
            // "false" without a name may be our own default, "true" cannot be
            return on ? served(details, ON, null) : off(details, null);
        }
    },

    /** Which text it stands for. */
    STRING {
        @Override
        FlagEvaluationDetails<?> evaluate(Client client, String flag, EvaluationContext context) {
            return client.getStringDetails(flag, NO_TEXT, context);
        }

        @Override
        Answer read(FlagEvaluationDetails<?> details, @Nullable String variant, Set<String> offVariants) {
            if (!(details.getValue() instanceof String text)) {
                return mismatch(details);
            }
            return isSame(text, NO_TEXT) ? off(details, null) : chosen(details, new Value(text), variant, offVariants);
        }
    },

    /** Which object or list it stands for. */
    OBJECT {
        @Override
        FlagEvaluationDetails<?> evaluate(Client client, String flag, EvaluationContext context) {
            return client.getObjectDetails(flag, NO_OBJECT, context);
        }

        @Override
        Answer read(FlagEvaluationDetails<?> details, @Nullable String variant, Set<String> offVariants) {
            if (!(details.getValue() instanceof Value value)) {
                return mismatch(details);
            }
            return isSame(value, NO_OBJECT) ? off(details, null) : chosen(details, value, variant, offVariants);
        }
    };

    private static final String KILLED = "KILLED";
    private static final String KILLED_METADATA = "killed";
    private static final String VERSION_METADATA = "version";
    private static final String ON_NAME = "on";
    private static final Value ON = new Value(true);

    /** Our defaults, told from anything that a flag may serve by identity. */
    @SuppressWarnings("StringOperationCanBeSimplified")
    private static final String NO_TEXT = new String("");

    private static final Value NO_OBJECT = new Value();

    /**
     * Asks, and never throws: what goes wrong is a failed answer.
     *
     * @param offVariants names of variants of texts and objects that stand for the code's own configuration
     */
    Answer ask(Client client, String flag, EvaluationContext context, Set<String> offVariants) {
        try {
            FlagEvaluationDetails<?> details = evaluate(client, flag, context);
            Answer unserved = unserved(details);
            return unserved == null ? read(details, variant(details), offVariants) : unserved;
        } catch (RuntimeException | LinkageError | AssertionError e) {
            return Answer.failed(ErrorCode.GENERAL.name(), null, null);
        }
    }

    abstract FlagEvaluationDetails<?> evaluate(Client client, String flag, EvaluationContext context);

    /** What goes before any value, a kill above all: a variant's name beside one of these was not really served. */
    private static @Nullable Answer unserved(FlagEvaluationDetails<?> details) {
        String reason = details.getReason();
        if (KILLED.equals(reason) || Boolean.TRUE.equals(metadata(details).get(KILLED_METADATA))) {
            return new Answer(Status.KILLED, null, null, reason, null, version(details));
        }
        if (details.getErrorCode() != null) {
            return Answer.failed(details.getErrorCode().name(), reason, version(details));
        }
        if (Reason.ERROR.name().equals(reason)) {
            return Answer.failed(ErrorCode.GENERAL.name(), reason, version(details));
        }
        return Reason.DISABLED.name().equals(reason) ? off(details, null) : null;
    }

    abstract Answer read(FlagEvaluationDetails<?> details, @Nullable String variant, Set<String> offVariants);

    private static Answer chosen(
            FlagEvaluationDetails<?> details, Value value, @Nullable String variant, Set<String> offVariants) {
        return variant != null && offVariants.contains(variant)
                ? off(details, variant)
                : served(details, value, variant);
    }

    private static Answer served(FlagEvaluationDetails<?> details, Value value, @Nullable String variant) {
        return new Answer(Status.SERVED, value, variant, details.getReason(), null, version(details));
    }

    private static Answer off(FlagEvaluationDetails<?> details, @Nullable String variant) {
        return new Answer(Status.OFF, null, variant, details.getReason(), null, version(details));
    }

    /** The SDK hands on whatever a provider replies with, of any type or none. */
    private static Answer mismatch(FlagEvaluationDetails<?> details) {
        return Answer.failed(ErrorCode.TYPE_MISMATCH.name(), details.getReason(), version(details));
    }

    private static @Nullable String variant(FlagEvaluationDetails<?> details) {
        String variant = details.getVariant();
        return variant == null || variant.isEmpty() ? null : variant;
    }

    private static @Nullable String version(FlagEvaluationDetails<?> details) {
        Object version = metadata(details).get(VERSION_METADATA);
        return version == null ? null : version.toString();
    }

    private static Map<String, Object> metadata(FlagEvaluationDetails<?> details) {
        // not getString(key), which logs a line for every key that is not there
        return details.getFlagMetadata().asUnmodifiableMap();
    }

    @SuppressWarnings("ReferenceEquality")
    private static boolean isSame(Object value, Object ours) {
        return value == ours;
    }
}
