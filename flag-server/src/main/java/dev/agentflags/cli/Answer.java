package dev.agentflags.cli;

import dev.agentflags.cli.Paint.Tone;
import dev.agentflags.cli.Table.Cell;
import dev.agentflags.document.JsonText;
import dev.agentflags.evaluation.Reason;
import dev.agentflags.evaluation.Resolution;
import dev.agentflags.evaluation.Resolution.CallerDefault;
import dev.agentflags.evaluation.Resolution.Failed;
import dev.agentflags.evaluation.Resolution.Served;
import dev.agentflags.model.FlagValue;
import org.jspecify.annotations.Nullable;

/**
 * A resolution in the words that an application would hear it in.
 *
 * @param value null where the application gets its own default
 * @param variant null where the application gets its own default
 * @param reason OpenFeature's, or {@code KILLED}
 * @param error OpenFeature's error code, or null where there was no error
 * @param message what is wrong, or null where there was no error
 */
record Answer(
        @Nullable FlagValue value,
        @Nullable String variant,
        String reason,
        @Nullable String error,
        @Nullable String message) {

    private static final String KILLED = Reason.KILLED.name();

    static Answer of(Resolution resolution) {
        if (resolution instanceof Served served) {
            return new Answer(served.value(), served.variant(), served.reason().name(), null, null);
        }
        if (resolution instanceof CallerDefault caller) {
            return new Answer(null, null, caller.reason().name(), null, null);
        }
        if (resolution instanceof Failed failed) {
            return new Answer(null, null, "ERROR", failed.failure().name(), failed.message());
        }
        throw new AssertionError("not a kind of resolution: " + resolution);
    }

    boolean isError() {
        return error != null;
    }

    boolean isKilled() {
        return reason.equals(KILLED);
    }

    Cell valueCell() {
        return value == null ? new Cell("caller's default", Tone.FAINT) : new Cell(JsonText.write(value), tone(value));
    }

    private static Tone tone(FlagValue value) {
        return value.equals(new FlagValue.Bool(true)) ? Tone.GOOD : Tone.NORMAL;
    }

    Cell variantCell() {
        return variant == null ? Cell.NONE : Cell.of(variant);
    }

    Cell reasonCell() {
        if (error != null) {
            return new Cell(reason + " " + error, Tone.BAD);
        }
        return new Cell(reason, isKilled() ? Tone.BAD : Tone.NORMAL);
    }

    /** Adds this answer's fields to an object. */
    JsonObject addTo(JsonObject object) {
        object.put("value", value).put("variant", variant).put("reason", reason);
        return error == null ? object : object.put("error", error).put("message", message);
    }
}
