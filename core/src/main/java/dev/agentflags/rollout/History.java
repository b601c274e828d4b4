package dev.agentflags.rollout;

import dev.agentflags.model.FlagValue;
import dev.agentflags.model.Ruleset;
import dev.agentflags.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The rulesets that have been in force, in their order, so that it can be told of a decision which one it was made by. Not safe
 * for use by many threads.
 */
final class History {

    private static final int KEPT = 512;
    private static final int MAX_DIGITS = 18;

    /** By version, in the order in which they came into force. */
    private final Map<String, Long> numbers = new LinkedHashMap<>();

    private long latest;
    private @Nullable String latestVersion;
    private @Nullable String lineage;
    private @Nullable Ruleset inForce;

    /**
     * Where a ruleset stands among those that were seen; if it was not seen itself, between two that were.
     *
     * @param after number of the last one that is not later
     * @param before number of the first one that is not earlier
     */
    record Position(long after, long before) {}

    /** Notes the ruleset that is in force from now on, and returns its number. The one that was so already keeps its own. */
    long note(Snapshot snapshot) {
        Ruleset ruleset = snapshot.ruleset();
        String of = ruleset.revision() == null ? null : ruleset.revision().lineage();
        if (!Objects.equals(of, lineage)) {
            numbers.clear(); // another store's serials say nothing about those that were seen
        }
        boolean isSame = numbers.containsKey(snapshot.version())
                && snapshot.version().equals(latestVersion)
                && (inForce == null || inForce.flags().equals(ruleset.flags()));
        if (!isSame) {
            latest++;
            numbers.remove(snapshot.version());
            numbers.put(snapshot.version(), latest);
            if (numbers.size() > KEPT) {
                numbers.remove(numbers.keySet().iterator().next());
            }
        }
        lineage = of;
        latestVersion = snapshot.version();
        inForce = ruleset;
        return latest;
    }

    /** Returns the number of the ruleset in force, 0 if there never was one. */
    long latest() {
        return latest;
    }

    /** Returns where a version stands, or null if nobody can tell. Serials are in order even if one was never seen. */
    @Nullable
    Position find(String version) {
        Long seen = numbers.get(version);
        if (seen != null) {
            return new Position(seen, seen);
        }
        Long serial = serial(version);
        return serial == null ? null : between(serial);
    }

    private @Nullable Position between(long serial) {
        Map.Entry<Long, Long> after = null;
        Map.Entry<Long, Long> before = null;
        for (var seen : numbers.entrySet()) {
            Long other = serial(seen.getKey());
            if (other != null && other < serial && (after == null || other > after.getKey())) {
                after = Map.entry(other, seen.getValue());
            }
            if (other != null && other > serial && (before == null || other < before.getKey())) {
                before = Map.entry(other, seen.getValue());
            }
        }
        return after == null || before == null ? null : new Position(after.getValue(), before.getValue());
    }

    private static @Nullable Long serial(String version) {
        boolean digits = !version.isEmpty()
                && version.length() <= MAX_DIGITS
                && version.chars().allMatch(Character::isDigit);
        return digits ? Long.valueOf(version) : null;
    }

    FlagValue value() {
        return JsonFields.writing()
                .put("lineage", lineage)
                .put("latest", latest)
                .put("version", latestVersion)
                .put(
                        "versions",
                        new ArrayList<>(numbers.entrySet()),
                        entry -> JsonFields.writing()
                                .put("version", entry.getKey())
                                .put("number", entry.getValue())
                                .value())
                .value();
    }

    static History of(JsonFields fields) {
        var history = new History();
        history.lineage = fields.has("lineage") ? fields.text("lineage") : null;
        history.latest = fields.whole("latest");
        history.latestVersion = fields.has("version") ? fields.text("version") : null;
        fields.objects("versions", entry -> history.numbers.put(entry.text("version"), entry.whole("number")));
        return history;
    }
}
