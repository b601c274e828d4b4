package dev.agentflags.benchmarks.peers.report;

import java.util.Map;

/** What a comparison should have and has not, and why. */
final class NotMeasured {

    static final Map<String, String> REASONS = Map.of(
            "GO Feature Flag in process",
            "its provider evaluates in process from 1.0 on; the newest that the registry of this build offered is 0.4.3, which asks"
                    + " a relay for every answer that it has not cached",
            "LaunchDarkly's OpenFeature provider",
            "`launchdarkly-openfeature-serverprovider` was not offered by the registry of this build",
            "GrowthBook's SDK for Java",
            "published on JitPack only; its SDK for Kotlin and Java on the JVM is measured in its place, in the newest release that runs"
                    + " on Java 17");

    private NotMeasured() {}
}
