package dev.agentflags.rollout;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Those who were met in one stage, so that each is counted once. Not safe for use by many threads.
 *
 * <p>It never holds more than {@link #CAPACITY}. Where there are more, it takes every second of them, then every fourth, by
 * their hash: whoever is left out is so whatever happens to them, so that those who are left say the same.
 */
final class UnitTable {

    static final int CAPACITY = 16_384;

    private final Map<Long, OpenUnit> open = new LinkedHashMap<>();
    private LongSet closed = new LongSet();
    private int halvings;

    /** Returns a unit that may take one more value, as the one that has last done so; null if it is closed or left out. */
    @Nullable
    OpenUnit touch(long unit) {
        OpenUnit known = open.remove(unit);
        if (known == null && (closed.contains(unit) || !isTaken(unit))) {
            return null;
        }
        if (known == null && size() >= CAPACITY) {
            halve();
            if (!isTaken(unit)) {
                return null;
            }
        }
        OpenUnit touched = known == null ? new OpenUnit() : known;
        open.put(unit, touched);
        return touched;
    }

    private int size() {
        return open.size() + closed.size();
    }

    /** Whether a unit is one of those that are taken now. */
    private boolean isTaken(long unit) {
        return halvings == 0 || Long.numberOfTrailingZeros(unit) >= halvings;
    }

    private void halve() {
        halvings++;
        open.keySet().removeIf(unit -> !isTaken(unit));
        closed = closed.only(this::isTaken);
    }

    /** Closes a unit for good. */
    void close(long unit) {
        open.remove(unit);
        closed.add(unit);
    }

    /** Closes all units that have met nothing since {@code before}, and returns them. */
    List<OpenUnit> closeIdle(Instant before) {
        List<OpenUnit> idle = new ArrayList<>();
        Iterator<Map.Entry<Long, OpenUnit>> units = open.entrySet().iterator();
        while (units.hasNext()) {
            Map.Entry<Long, OpenUnit> unit = units.next();
            if (unit.getValue().last().isAfter(before)) {
                break;
            }
            idle.add(unit.getValue());
            closed.add(unit.getKey());
            units.remove();
        }
        return idle;
    }

    /** Returns all units that were ever met and are still taken. */
    LongSet met() {
        LongSet met = closed.only(unit -> true);
        open.keySet().forEach(met::add);
        return met;
    }

    int halvings() {
        return halvings;
    }

    /** Returns a table in which all of these are closed: what was open when it was written down is lost. */
    static UnitTable closed(LongSet units, int halvings) {
        var table = new UnitTable();
        table.closed = units;
        table.halvings = halvings;
        return table;
    }
}
