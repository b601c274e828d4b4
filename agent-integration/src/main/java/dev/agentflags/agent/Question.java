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
        Answer reply(Client client, String flag, EvaluationContext context, Set<String> offVariants) {
            var details = client.getBooleanDetails(flag, false, context);
            boolean on = details.getValue();
            String variant = variant(details);
            // the SDK's in-memory provider names its default variant, whichever one it serves
            boolean misnamed = variant != null && (on ? offVariants.contains(variant) : variant.equals(ON_NAME));
            // "false" without a name may be our own default, "true" cannot be
            String named = variant != null && !misnamed ? variant : on ? TRUE_NAME : null;
            return on ? served(details, ON, named) : off(details, named);
        }
    },

    /** Which text it stands for. */
    STRING {
        @Override
        Answer reply(Client client, String flag, EvaluationContext context, Set<String> offVariants) {
            var details = client.getStringDetails(flag, NO_TEXT, context);
            String text = details.getValue();
            return isSame(text, NO_TEXT) ? off(details, null) : chosen(details, new Value(text), offVariants);
        }
    },

    /** Which object or list it stands for. */
    OBJECT {
        @Override
        Answer reply(Client client, String flag, EvaluationContext context, Set<String> offVariants) {
            var details = client.getObjectDetails(flag, NO_OBJECT, context);
            Value value = details.getValue();
            return isSame(value, NO_OBJECT) ? off(details, null) : chosen(details, value, offVariants);
        }
    };

    private static final String KILLED = "KILLED";
    private static final String KILLED_METADATA = "killed";
    private static final String VERSION_METADATA = "version";
    private static final String ON_NAME = "on";
    private static final String TRUE_NAME = "true";
    private static final String UNNAMED = "unnamed";
    private static final Value ON = new Value(true);

    /** Our defaults, told from anything that a flag may serve by identity. */
    @SuppressWarnings("StringOperationCanBeSimplified")
    private static final String NO_TEXT = new String("");

    private static final Value NO_OBJECT = new Value();

    /** Asks, and never throws: what goes wrong is a failed answer. */
    Answer ask(Client client, String flag, EvaluationContext context, Set<String> offVariants) {
        try {
            return reply(client, flag, context, offVariants);
        } catch (ClassCastException e) {
            // the SDK hands on whatever type a provider replies with
            return Answer.failed(ErrorCode.TYPE_MISMATCH.name(), null, null);
        } catch (RuntimeException | LinkageError | AssertionError e) {
            return Answer.failed(ErrorCode.GENERAL.name(), null, null);
        }
    }

    abstract Answer reply(Client client, String flag, EvaluationContext context, Set<String> offVariants);

    private static Answer chosen(FlagEvaluationDetails<?> details, Value value, Set<String> offVariants) {
        String variant = variant(details);
        if (variant != null && offVariants.contains(variant)) {
            return off(details, variant);
        }
        return served(details, value, variant == null ? UNNAMED : variant);
    }

    private static Answer served(FlagEvaluationDetails<?> details, Value value, @Nullable String variant) {
        Answer instead = killedOrFailed(details);
        if (instead != null) {
            return instead;
        }
        if (value == null || value.isNull()) {
            return Answer.failed(ErrorCode.GENERAL.name(), details.getReason(), version(details));
        }
        return new Answer(Status.SERVED, value, variant, details.getReason(), null, version(details));
    }

    private static Answer off(FlagEvaluationDetails<?> details, @Nullable String variant) {
        Answer instead = killedOrFailed(details);
        return instead != null
                ? instead
                : new Answer(Status.OFF, null, variant, details.getReason(), null, version(details));
    }

    /** What goes before any value: a variant's name beside an error or a kill was not really served. */
    private static @Nullable Answer killedOrFailed(FlagEvaluationDetails<?> details) {
        String reason = details.getReason();
        if (details.getErrorCode() != null) {
            return Answer.failed(details.getErrorCode().name(), reason, version(details));
        }
        if (KILLED.equals(reason) || Boolean.TRUE.equals(metadata(details).get(KILLED_METADATA))) {
            return new Answer(Status.KILLED, null, null, reason, null, version(details));
        }
        if (Reason.DISABLED.name().equals(reason)) {
            return new Answer(Status.OFF, null, null, reason, null, version(details));
        }
        return null;
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
