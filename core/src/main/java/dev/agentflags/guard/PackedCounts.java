package dev.agentflags.guard;

import java.util.Arrays;

/**
 * {@link Counts} to be kept, in a small part of the memory: most cells are small or zero, so each takes a byte for every seven bits
 * that it has (LEB128). Immutable.
 */
final class PackedCounts {

    private static final int BITS = 7;
    private static final int LOW_BITS = (1 << BITS) - 1;
    private static final int MORE = 1 << BITS;
    private static final int MAX_BYTES = 9;

    private final int categories;
    private final byte[] bytes;

    private PackedCounts(int categories, byte... bytes) {
        this.categories = categories;
        this.bytes = bytes;
    }

    static PackedCounts of(Counts counts) {
        byte[] bytes = new byte[2 * counts.categories() * MAX_BYTES];
        int end = 0;
        for (Arm arm : Arm.values()) {
            for (int k = 0; k < counts.categories(); k++) {
                end = write(counts.count(arm, k), bytes, end);
            }
        }
        return new PackedCounts(counts.categories(), Arrays.copyOf(bytes, end));
    }

    private static int write(long count, byte[] bytes, int from) {
        int at = from;
        long rest = count;
        while (rest > LOW_BITS) {
            bytes[at++] = (byte) ((rest & LOW_BITS) | MORE);
            rest >>>= BITS;
        }
        bytes[at] = (byte) rest;
        return at + 1;
    }

    Counts unpack() {
        long[] treatment = new long[categories];
        long[] control = new long[categories];
        int end = read(treatment, 0);
        read(control, end);
        return Counts.of(treatment, control);
    }

    private int read(long[] cells, int from) {
        int at = from;
        for (int k = 0; k < cells.length; k++) {
            int shift = 0;
            while (bytes[at] < 0) {
                cells[k] |= (long) (bytes[at++] & LOW_BITS) << shift;
                shift += BITS;
            }
            cells[k] |= (long) bytes[at++] << shift;
        }
        return at;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PackedCounts counts
                && categories == counts.categories
                && Arrays.equals(bytes, counts.bytes);
    }

    @Override
    public int hashCode() {
        return 31 * categories + Arrays.hashCode(bytes);
    }
}
