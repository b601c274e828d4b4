package dev.agentflags.agent.conversation;

import dev.openfeature.sdk.Value;
import org.jspecify.annotations.Nullable;

/**
 * What one flag served to a conversation.
 *
 * @param variant the variant's name
 * @param value what the variant stood for at that time; a prompt is kept as the template that it was
 * @param off whether this was the flag's off side, which means the code's own configuration
 * @param reason OpenFeature's reason at that time; null if there was none
 * @param version of the flag at that time; null if its provider told none
 */
public record Pin(
        String variant,
        Value value,
        boolean off,
        @Nullable String reason,
        @Nullable String version) {

    /** Whether both are the same variant with the same value, whenever and why ever it was served. */
    public boolean isAlike(@Nullable Pin other) {
        return other != null && variant.equals(other.variant) && value.equals(other.value);
    }

    /** Describes this pin without its value, which may be a prompt. */
    @Override
    public String toString() {
        return "Pin[variant=" + variant + ", off=" + off + ", reason=" + reason + ", version=" + version + "]";
    }
}
