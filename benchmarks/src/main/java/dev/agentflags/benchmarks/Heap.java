package dev.agentflags.benchmarks;

import dev.agentflags.snapshot.RefusedException;
import dev.agentflags.snapshot.RulesetInForce;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Prints how much heap a ruleset takes when it is in force. */
public final class Heap {

    /** A small ruleset is kept so often that what else the JVM does is lost beside it. */
    private static final int KEPT_BYTES = 4_000_000;

    private static final int MIN_COPIES = 4;
    private static final int MAX_COPIES = 2_000;
    private static final int SETTLING_ROUNDS = 5;

    private Heap() {}

    /** Takes what grows, {@code flags}, {@code users} or {@code rules}, and how many there are; prints the bytes. */
    public static void main(String[] args) throws RefusedException {
        int count = Integer.parseInt(args[1]);
        String document = switch (args[0]) {
            case "flags" -> Documents.rollouts(count);
            case "users" -> Documents.listed(count);
            case "rules" -> Documents.rules(count);
            default -> throw new IllegalArgumentException("expected flags, users or rules, found " + args[0]);
        };
        System.out.println(of(document));
    }

    /** Returns how many bytes a document takes, once it is in force. */
    static long of(String document) throws RefusedException {
        byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
        List<RulesetInForce> kept = new ArrayList<>();
        kept.add(load(bytes));
        int copies = Math.min(Math.max(KEPT_BYTES / bytes.length, MIN_COPIES), MAX_COPIES);
        long before = used();
        for (int i = 0; i < copies; i++) {
            kept.add(load(bytes));
        }
        long each = (used() - before) / copies;
        if (kept.size() != copies + 1) { // until here they are kept
            throw new AssertionError();
        }
        return each;
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
