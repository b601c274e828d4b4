package dev.agentflags.agent.conversation;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** A bounded map in order of last use. Safe for use by many threads; each holds the lock for one look-up. */
final class InMemoryPinStore implements PinStore {

    private final long idleNanos;
    private final LongSupplier nanoTime;
    private final Map<Conversation, Entry> entries;

    InMemoryPinStore(int maxConversations, Duration idle, LongSupplier nanoTime) {
        if (maxConversations < 1 || idle.isNegative() || idle.isZero()) {
            throw new IllegalArgumentException("expected at least one conversation and a positive idle time, found "
                    + maxConversations + " and " + idle);
        }
        this.idleNanos = idle.toNanos();
        this.nanoTime = nanoTime;
        this.entries = new LinkedHashMap<>(16, 0.75f, true) {

            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Conversation, Entry> eldest) {
                return size() > maxConversations;
            }
        };
    }

    @Override
    public Map<String, Pin> load(Conversation conversation) {
        long now = nanoTime.getAsLong();
        synchronized (entries) {
            Entry entry = entries.get(conversation);
            if (entry == null) {
                return Map.of();
            }
            if (now - entry.lastUse >= idleNanos) {
                entries.remove(conversation);
                return Map.of();
            }
            entry.lastUse = now;
            return entry.pins;
        }
    }

    @Override
    public void save(Conversation conversation, Map<String, Pin> pins) {
        long now = nanoTime.getAsLong();
        synchronized (entries) {
            if (pins.isEmpty()) {
                entries.remove(conversation);
            } else {
                entries.put(conversation, new Entry(pins, now));
            }
        }
    }

    private static final class Entry {

        private final Map<String, Pin> pins;
        private long lastUse;

        private Entry(Map<String, Pin> pins, long lastUse) {
            this.pins = pins;
            this.lastUse = lastUse;
        }
    }
}
