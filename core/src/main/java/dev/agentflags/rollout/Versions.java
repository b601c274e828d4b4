package dev.agentflags.rollout;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rulesets that have been in force, in their order, so that it can be told of a decision which one it was made by. Not safe
 * for use by many threads.
 */
final class Versions {

    private static final int KEPT = 512;

    private final Map<String, Long> numbers = new LinkedHashMap<>();
    private String latest = "";
    private long next = 1;

    /**
     * Where a ruleset stands among those that were seen; if it was not seen itself, between two that were.
     *
     * @param after number of the last one that is not later
     * @param before number of the first one that is not earlier
     */
    record Position(long after, long before) {}

    /** Notes the ruleset that is in force from now on, and returns its number. */
    long add(String version) {
        numbers.remove(version);
        numbers.put(version, next);
        latest = version;
        if (numbers.size() > KEPT) {
            numbers.remove(numbers.keySet().iterator().next());
        }
        return next++;
    }

    /** Returns the version of the ruleset in force; empty if there never was one. */
    String latest() {
        return latest;
    }

    /** Returns the number of the ruleset in force, 0 if there never was one. */
    long latestNumber() {
        return next - 1;
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
        Long after = null;
        Long before = null;
        long nearestBelow = Long.MIN_VALUE;
        long nearestAbove = Long.MAX_VALUE;
        for (var seen : numbers.entrySet()) {
            Long other = serial(seen.getKey());
            if (other != null && other < serial && other > nearestBelow) {
                nearestBelow = other;
                after = seen.getValue();
            }
            if (other != null && other > serial && other < nearestAbove) {
                nearestAbove = other;
                before = seen.getValue();
            }
        }
        return after == null || before == null ? null : new Position(after, before);
    }

    private static @Nullable Long serial(String version) {
        boolean digits =
                !version.isEmpty() && version.length() <= 18 && version.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits ? Long.valueOf(version) : null;
    }

    /** Forgets all: another store's serials say nothing about those that were seen. Numbers go on. */
    void forget() {
        numbers.clear();
    }

    /** Returns the versions, oldest first, the last one being in force. */
    List<String> toList() {
        return new ArrayList<>(numbers.keySet());
    }

    /** Returns what was written down: versions in their order, and the number of the last one. */
    static Versions of(List<String> versions, long latestNumber) {
        var read = new Versions();
        read.next = latestNumber - versions.size() + 1;
        versions.forEach(read::add);
        return read;
    }
}
