package dev.agentflags.server.ofrep;

import dev.agentflags.evaluation.Reason;
import dev.agentflags.evaluation.Resolution;
import dev.agentflags.evaluation.Resolution.CallerDefault;
import dev.agentflags.evaluation.Resolution.Failed;
import dev.agentflags.evaluation.Resolution.Failure;
import dev.agentflags.evaluation.Resolution.Served;
import dev.agentflags.evaluation.Subject;
import dev.agentflags.model.Flag;
import dev.agentflags.model.FlagValue;
import dev.agentflags.model.FlagValue.Bool;
import dev.agentflags.model.FlagValue.Decimal;
import dev.agentflags.model.FlagValue.Structure;
import dev.agentflags.model.FlagValue.Text;
import dev.agentflags.model.FlagValue.Whole;
import dev.agentflags.model.KillSwitch;
import dev.agentflags.model.Ruleset;
import dev.agentflags.snapshot.Snapshot;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One flag's evaluation as the protocol has it.
 *
 * @param status of HTTP, where it is answered alone
 * @param fields of the JSON object
 */
record FlagAnswer(int status, Map<String, FlagValue> fields) {

    static FlagAnswer of(Snapshot snapshot, String key, Subject subject) {
        Resolution resolution = snapshot.evaluator().resolve(key, subject);
        if (resolution instanceof Served served) {
            return served(snapshot, key, served);
        }
        if (resolution instanceof CallerDefault caller) {
            return callerDefault(snapshot, key, caller.reason());
        }
        if (resolution instanceof Failed failed) {
            return failed(key, failed.failure(), failed.message());
        }
        throw new AssertionError("not a kind of resolution: " + resolution);
    }

    private static FlagAnswer served(Snapshot snapshot, String key, Served served) {
        Map<String, FlagValue> fields = new LinkedHashMap<>();
        fields.put("key", new Text(key));
        fields.put("value", typed(snapshot, key, served.value()));
        fields.put("reason", new Text(served.reason().name()));
        fields.put("variant", new Text(served.variant()));
        fields.put("metadata", metadata(snapshot, key, served.reason()));
        return new FlagAnswer(200, fields);
    }

    /** A flag that has a fraction in some variant is one of doubles: clients go by how a number is written. */
    private static FlagValue typed(Snapshot snapshot, String key, FlagValue value) {
        boolean isDouble = value instanceof Whole
                && snapshot.ruleset().flags().get(key) instanceof Flag flag
                && flag.variants().values().values().stream().anyMatch(Decimal.class::isInstance);
        return isDouble ? new Decimal(((Whole) value).value()) : value;
    }

    /** Without a value, which is how the protocol says that the caller's own default it is. */
    private static FlagAnswer callerDefault(Snapshot snapshot, String key, Reason reason) {
        Map<String, FlagValue> fields = new LinkedHashMap<>();
        fields.put("key", new Text(key));
        fields.put("reason", new Text(reason.name()));
        fields.put("metadata", metadata(snapshot, key, reason));
        return new FlagAnswer(200, fields);
    }

    private static Structure metadata(Snapshot snapshot, String key, Reason reason) {
        Map<String, FlagValue> fields = new LinkedHashMap<>(of(snapshot.ruleset()));
        if (reason == Reason.KILLED) {
            fields.put("killed", new Bool(true));
            KillSwitch killSwitch = snapshot.evaluator().killed().get(key);
            if (killSwitch != null && killSwitch.reason() != null) {
                fields.put("kill_reason", new Text(killSwitch.reason()));
            }
        }
        return new Structure(fields);
    }

    /** Returns what all flags of a document have in common. */
    static Map<String, FlagValue> of(Ruleset ruleset) {
        Map<String, FlagValue> fields = new LinkedHashMap<>();
        if (ruleset.flagSet() != null) {
            fields.put("flagSetId", new Text(ruleset.flagSet()));
        }
        Long serial = ruleset.serial();
        if (serial != null) {
            fields.put("version", new Text(serial.toString()));
        }
        return fields;
    }

    private static FlagAnswer failed(String key, Failure failure, String message) {
        int status = failure == Failure.FLAG_NOT_FOUND ? 404 : 400;
        return failed(status, key, failure.name(), message);
    }

    static FlagAnswer failed(int status, String key, String code, String message) {
        Map<String, FlagValue> fields = new LinkedHashMap<>();
        fields.put("key", new Text(key));
        fields.put("errorCode", new Text(code));
        fields.put("errorDetails", new Text(message));
        return new FlagAnswer(status, fields);
    }
}
