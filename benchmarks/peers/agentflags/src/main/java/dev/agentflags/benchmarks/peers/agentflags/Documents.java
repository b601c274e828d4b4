package dev.agentflags.benchmarks.peers.agentflags;

import dev.agentflags.benchmarks.peers.Flags;

/** The measured flags in our own words. */
final class Documents {

    private Documents() {}

    static String measured() {
        return """
                { "%s": { "status": "percentage", "percentage": 25 },
                  "%s": { "status": "targeted", "targeted_users": [%s] } }""".formatted(Flags.ROLLOUT, Flags.LISTED, Flags.listedAsJson());
    }
}
