package dev.agentflags.remote;

import dev.agentflags.remote.follow.Timing;
import java.time.Duration;

/** The rules of a source, sped up so that a test need not wait. */
public final class Timings {

    /** Everything happens within a second or so. */
    public static final Timing FAST = new Timing(
            Duration.ofSeconds(1),
            Duration.ofMillis(500),
            Duration.ofMillis(40),
            Duration.ofMillis(200),
            Duration.ofMinutes(10),
            Duration.ofMillis(400),
            Duration.ofMillis(1200),
            null,
            Duration.ofMillis(20),
            Duration.ofMillis(100),
            Duration.ofMillis(50),
            Duration.ofMillis(200),
            Duration.ofSeconds(60),
            Duration.ofMillis(300),
            Duration.ofMillis(20),
            Duration.ofMillis(500),
            Duration.ofMillis(100));

    /** The same, but where there is a stream, only that tells of anything. */
    public static final Timing PUSHED = new Timing(
            Duration.ofMillis(500),
            Duration.ofMillis(500),
            Duration.ofMillis(40),
            Duration.ofMinutes(5),
            Duration.ofMinutes(10),
            Duration.ofMillis(400),
            Duration.ofMillis(1200),
            null,
            Duration.ofMillis(20),
            Duration.ofMillis(100),
            Duration.ofMillis(50),
            Duration.ofMillis(200),
            Duration.ofSeconds(60),
            Duration.ofMillis(300),
            Duration.ofMillis(20),
            Duration.ofMillis(500),
            Duration.ofMillis(100));

    /** What a provider has, ten times as fast. */
    public static final Timing BACKING_OFF = new Timing(
            Duration.ofMillis(500),
            Duration.ofMillis(200),
            Duration.ofSeconds(1),
            Duration.ofSeconds(30),
            Duration.ofSeconds(60),
            Duration.ofMillis(1500),
            Duration.ofMillis(4500),
            null,
            Duration.ofMillis(50),
            Duration.ofSeconds(3),
            Duration.ofSeconds(6),
            Duration.ofSeconds(30),
            Duration.ofSeconds(6),
            Duration.ofSeconds(30),
            Duration.ofMillis(5),
            Duration.ofMillis(500),
            Duration.ofMillis(100));

    private Timings() {}
}
