package dev.agentflags.benchmarks;

import dev.agentflags.snapshot.RefusedException;

/** Prints how much heap a flag takes when it is in force. */
public final class HeapPerFlag {

    private static final int FLAGS = 10_000;

    private HeapPerFlag() {}

    /** Takes no arguments. */
    public static void main(String[] args) throws RefusedException {
        String document = Documents.of(FLAGS);
        System.out.printf(
                "%d flags, %d bytes of JSON each, %d bytes of heap each%n",
                FLAGS, document.length() / FLAGS, Heap.of(document) / FLAGS);
    }
}
