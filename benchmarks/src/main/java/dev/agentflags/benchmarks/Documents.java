package dev.agentflags.benchmarks;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The flag documents that are measured. */
final class Documents {

    static final String ROLLOUT = "new_reasoning_prompt";
    static final String TARGETED = "beta_testers";

    private static final int LISTED_USERS = 10_000;

    private Documents() {}

    /** A 25 % rollout, and a flag for ten thousand listed users, every second of {@link Users} among them. */
    static String measured() {
        String users = IntStream.range(0, LISTED_USERS)
                .mapToObj(i -> "\"user-" + 2 * i + "\"")
                .collect(Collectors.joining(", "));
        return """
                {
                  "%s": { "status": "percentage", "percentage": 25 },
                  "%s": { "status": "targeted", "targeted_users": [%s] }
                }""".formatted(ROLLOUT, TARGETED, users);
    }

    /** Many flags of the kinds that people have. */
    static String of(int flags) {
        return IntStream.range(0, flags)
                .mapToObj(i -> """
                        "flag-%d": { "status": "percentage", "percentage": %d, "description": "Number %d of many",
                          "targeted_users": ["qa-1", "qa-2", "user-%d"], "targeted_plans": ["enterprise"],
                          "rules": [ { "id": "eu", "when": { "attribute": "region", "op": "in", "values": ["de", "fr"] },
                                       "serve": "off" } ] }""".formatted(i, i % 101, i, i))
                .collect(Collectors.joining(",\n", "{\n", "\n}"));
    }
}
