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

    /** Returns a document of many flags, each on for 25 % of the users. */
    static String rollouts(int flags) {
        return IntStream.range(0, flags)
                .mapToObj(i -> "\"" + rollout(i) + "\": { \"status\": \"percentage\", \"percentage\": 25 }")
                .collect(Collectors.joining(",\n", "{\n", "\n}"));
    }

    /** Returns the key of one of {@link #rollouts}. */
    static String rollout(int flag) {
        return "flag-" + flag;
    }

    /** Returns a document of one flag for many listed users, every second of those there are. */
    static String listed(int users) {
        String listed = IntStream.range(0, users)
                .mapToObj(i -> "\"" + user(2 * i) + "\"")
                .collect(Collectors.joining(","));
        return "{ \"" + TARGETED + "\": { \"status\": \"targeted\", \"targeted_users\": [" + listed + "] } }";
    }

    /** Returns a user's name; short, so that a million of them are no more than a document may have. */
    static String user(int user) {
        return Integer.toString(user, Character.MAX_RADIX);
    }

    /** Returns a document of a 25 % rollout with many rules, each of which is for one region. */
    static String rules(int rules) {
        return IntStream.range(0, rules)
                .mapToObj(i -> """
                        { "id": "r-%d", "when": { "attribute": "region", "op": "in", "values": ["region-%d"] }, "serve": "off" }""".formatted(i, i))
                .collect(Collectors.joining(
                        ",\n",
                        "{ \"" + ROLLOUT + "\": { \"status\": \"percentage\", \"percentage\": 25, \"rules\": [\n",
                        "] } }"));
    }
}
