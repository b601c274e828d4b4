package dev.agentflags.rollout;

import dev.agentflags.document.JsonText;
import dev.agentflags.model.Flag;
import dev.agentflags.model.FlagValue;
import dev.agentflags.model.FlagValue.Sequence;
import dev.agentflags.model.FlagValue.Structure;
import dev.agentflags.model.Guard;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** Whether a rollout is still the same one: of the same behaviour, measured in the same way. */
final class Fingerprint {

    private static final int DIGITS = 16;

    private Fingerprint() {}

    /** Returns a hash of what the flag serves and to which half of its users; the order of fields does not matter. */
    static String treatment(Flag flag) {
        var variants = flag.variants();
        return hash(JsonText.write(sorted(new Structure(variants.values())))
                + variants.on()
                + variants.off()
                + flag.bucketing());
    }

    /** Returns a hash of what is compared, and how. */
    static String measure(Flag flag, Guard guard) {
        return hash(guard.metrics() + " by "
                + (guard.unit() == null ? flag.bucketing().by() : guard.unit()));
    }

    private static FlagValue sorted(FlagValue value) {
        if (value instanceof Structure structure) {
            Map<String, FlagValue> fields = new TreeMap<>();
            structure.fields().forEach((name, field) -> fields.put(name, sorted(field)));
            return new Structure(fields);
        }
        return value instanceof Sequence sequence
                ? new Sequence(
                        sequence.items().stream().map(Fingerprint::sorted).toList())
                : value;
    }

    private static String hash(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
