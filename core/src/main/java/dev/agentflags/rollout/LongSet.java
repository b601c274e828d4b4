package dev.agentflags.rollout;

import java.util.function.LongConsumer;
import java.util.function.LongPredicate;

/** A set of numbers that are hashes already. Not safe for use by many threads. */
final class LongSet {

    private static final int SMALLEST = 16;

    /** The lowest bits are the ones that thinned sets have in common. */
    private static final int SPREAD = 12;

    private long[] slots = new long[SMALLEST];
    private int size;
    private boolean hasZero;

    /** Adds a number, unless it is there. */
    void add(long number) {
        if (number == 0) {
            hasZero = true;
            return;
        }
        int slot = slot(slots, number);
        if (slots[slot] == number) {
            return;
        }
        slots[slot] = number;
        size++;
        if (size * 2 > slots.length) {
            grow();
        }
    }

    boolean contains(long number) {
        return number == 0 ? hasZero : slots[slot(slots, number)] == number;
    }

    int size() {
        return size + (hasZero ? 1 : 0);
    }

    void forEach(LongConsumer action) {
        if (hasZero) {
            action.accept(0);
        }
        for (long number : slots) {
            if (number != 0) {
                action.accept(number);
            }
        }
    }

    /** Returns a set of those that a test holds for. */
    LongSet only(LongPredicate test) {
        var some = new LongSet();
        forEach(number -> {
            if (test.test(number)) {
                some.add(number);
            }
        });
        return some;
    }

    private void grow() {
        long[] larger = new long[slots.length * 2];
        for (long number : slots) {
            if (number != 0) {
                larger[slot(larger, number)] = number;
            }
        }
        slots = larger;
    }

    /** Returns where a number is, or would be; at least half of the slots are empty. */
    private static int slot(long[] slots, long number) {
        int slot = (int) (number >>> SPREAD) & (slots.length - 1);
        while (slots[slot] != 0 && slots[slot] != number) {
            slot = (slot + 1) & (slots.length - 1);
        }
        return slot;
    }
}
