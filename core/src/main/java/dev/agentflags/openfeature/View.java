package dev.agentflags.openfeature;

import dev.agentflags.evaluation.CompiledFlag;
import dev.agentflags.evaluation.Evaluator;
import dev.agentflags.evaluation.Reason;
import dev.agentflags.evaluation.Resolution;
import dev.agentflags.evaluation.Resolution.CallerDefault;
import dev.agentflags.evaluation.Resolution.Failed;
import dev.agentflags.evaluation.Resolution.Failure;
import dev.agentflags.evaluation.Resolution.Served;
import dev.agentflags.model.Definition;
import dev.agentflags.model.Flag;
import dev.agentflags.model.FlagValue;
import dev.agentflags.model.KillSwitch;
import dev.agentflags.snapshot.Snapshot;
import dev.openfeature.sdk.ErrorCode;
import dev.openfeature.sdk.EvaluationContext;
import dev.openfeature.sdk.ImmutableMetadata;
import dev.openfeature.sdk.ProviderEvaluation;
import dev.openfeature.sdk.Value;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A snapshot in OpenFeature's terms: what does not depend on the subject is translated once. Immutable. */
final class View {

    private final Snapshot snapshot;
    private final Evaluator evaluator;
    private final String planAttribute;
    private final ImmutableMetadata metadata;
    private final IdentityHashMap<FlagValue, Value> objects = new IdentityHashMap<>();
    private final Map<String, ImmutableMetadata> killed = new HashMap<>();

    /**
     * Translates a snapshot.
     *
     * @param planAttribute the name of the context's attribute that holds the plan
     */
    View(Snapshot snapshot, String planAttribute) {
        this.snapshot = snapshot;
        this.evaluator = snapshot.evaluator();
        this.planAttribute = planAttribute;
        this.metadata = metadata(snapshot).build();
        snapshot.ruleset().flags().values().forEach(this::translateObjects);
        snapshot.evaluator().killed().forEach((key, killSwitch) -> killed.put(key, killed(killSwitch)));
    }

    private void translateObjects(Definition definition) {
        if (definition instanceof Flag flag) {
            flag.variants().values().values().stream()
                    .filter(value -> value instanceof FlagValue.Structure || value instanceof FlagValue.Sequence)
                    .forEach(value -> objects.put(value, Values.translate(value)));
        }
    }

    private static ImmutableMetadata.ImmutableMetadataBuilder metadata(Snapshot snapshot) {
        var builder = ImmutableMetadata.builder().addString("version", snapshot.version());
        String flagSet = snapshot.ruleset().flagSet();
        return flagSet == null ? builder : builder.addString("flagSetId", flagSet);
    }

    Snapshot snapshot() {
        return snapshot;
    }

    /** Returns the translation of an object or array of this snapshot, null for any other value. */
    @Nullable
    Value object(FlagValue value) {
        return objects.get(value);
    }

    /** Answers one evaluation. */
    <T> ProviderEvaluation<T> evaluate(
            String key, T fallback, @Nullable EvaluationContext context, Accessor<T> accessor) {
        CompiledFlag flag = evaluator.flag(key);
        if (!flag.asksForUserOnly()) {
            return answer(key, fallback, flag.resolve(new ContextSubject(context, planAttribute)), accessor);
        }
        String user = context == null ? null : context.getTargetingKey();
        return answer(key, fallback, flag.resolveFor(user), accessor);
    }

    private <T> ProviderEvaluation<T> answer(String key, T fallback, Resolution resolution, Accessor<T> accessor) {
        if (resolution instanceof Served served) {
            return served(key, fallback, served, accessor);
        }
        if (resolution instanceof CallerDefault caller) {
            return new ProviderEvaluation<>(
                    fallback, null, caller.reason().name(), null, null, metadata(key, caller.reason()));
        }
        if (resolution instanceof Failed failed) {
            return failed(fallback, code(failed.failure()), failed.message(), metadata);
        }
        throw new AssertionError("not a kind of resolution: " + resolution);
    }

    private <T> ProviderEvaluation<T> served(String key, T fallback, Served served, Accessor<T> accessor) {
        T value = accessor.reader().read(served.value(), this);
        if (value == null) {
            String message = "\"" + key + "\" serves \"" + served.variant() + "\", which is not " + accessor.name();
            return failed(fallback, ErrorCode.TYPE_MISMATCH, message, metadata);
        }
        // before the object is made, so that the JIT compiler sees that it is a new one whose fields are set
        String variant = served.variant();
        String reason = served.reason().name();
        ImmutableMetadata about = metadata(key, served.reason());
        return new ProviderEvaluation<>(value, variant, reason, null, null, about);
    }

    private ImmutableMetadata metadata(String key, Reason reason) {
        if (reason != Reason.KILLED) {
            return metadata;
        }
        return killed.getOrDefault(key, metadata);
    }

    private ImmutableMetadata killed(KillSwitch killSwitch) {
        var builder = metadata(snapshot).addBoolean("killed", true);
        String why = killSwitch.reason();
        return (why == null ? builder : builder.addString("kill_reason", why)).build();
    }

    private static ErrorCode code(Failure failure) {
        return switch (failure) {
            case FLAG_NOT_FOUND -> ErrorCode.FLAG_NOT_FOUND;
            case PARSE_ERROR -> ErrorCode.PARSE_ERROR;
            case TARGETING_KEY_MISSING -> ErrorCode.TARGETING_KEY_MISSING;
        };
    }

    /** The caller's default with an error code; never a variant with an error. */
    static <T> ProviderEvaluation<T> failed(T fallback, ErrorCode code, String message, ImmutableMetadata metadata) {
        return new ProviderEvaluation<>(fallback, null, "ERROR", code, message, metadata);
    }
}
