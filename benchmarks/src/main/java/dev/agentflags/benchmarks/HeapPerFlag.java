package dev.agentflags.benchmarks;

import dev.agentflags.snapshot.RefusedException;
import dev.agentflags.snapshot.RulesetInForce;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Prints how much heap a flag takes when it is in force. */
public final class HeapPerFlag {

    private static final int FLAGS = 10_000;
    private static final int COPIES = 8;
    private static final int SETTLING_ROUNDS = 5;

    private HeapPerFlag() {}

    /** Takes no arguments. */
    public static void main(String[] args) throws RefusedException {
        byte[] document = Documents.of(FLAGS).getBytes(StandardCharsets.UTF_8);
        List<RulesetInForce> kept = new ArrayList<>();
        kept.add(load(document));
        long before = used();
        for (int i = 0; i < COPIES; i++) {
            kept.add(load(document));
        }
        long each = (used() - before) / COPIES / FLAGS;
        System.out.printf(
                "%d flags, %d bytes of JSON each, %d bytes of heap each (%d rulesets kept)%n",
                FLAGS, document.length / FLAGS, each, kept.size());
    }

    private static RulesetInForce load(byte[] document) throws RefusedException {
        var ruleset = new RulesetInForce();
        ruleset.accept(document);
        return ruleset;
    }

    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        for (int i = 0; i < SETTLING_ROUNDS; i++) {
            System.gc();
        }
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
