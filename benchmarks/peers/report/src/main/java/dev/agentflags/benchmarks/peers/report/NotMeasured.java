package dev.agentflags.benchmarks.peers.report;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** What a comparison should have and has not, and why. Not safe for use by many threads. */
final class NotMeasured {

    private static final Map<String, String> NEVER = Map.of(
            "GO Feature Flag in process",
            "its provider evaluates in process from 1.0 on; the newest that the registry of this build offered is 0.4.3, which asks"
                    + " a relay for every answer that it has not cached",
            "LaunchDarkly's OpenFeature provider",
            "`launchdarkly-openfeature-serverprovider` was not offered by the registry of this build",
            "GrowthBook's SDK for Java",
            "published on JitPack only; its SDK for Kotlin and Java on the JVM is measured in its place, in the newest release that runs"
                    + " on Java 17");

    private final Map<String, String> reasons = new TreeMap<>(NEVER);

    void notBuilt(Contender contender) {
        reasons.put(contender.title(), "its module could not be built");
    }

    /** Leaves one figure of a contender out; the rest goes on. */
    void failed(Contender contender, String what, IOException e) {
        System.err.println(contender.name() + " failed: " + e.getMessage());
        reasons.put(contender.title() + ": " + what, "it failed in this run");
    }

    /** Returns the reasons by what they are of. */
    Map<String, String> reasons() {
        return Map.copyOf(reasons);
    }
}
