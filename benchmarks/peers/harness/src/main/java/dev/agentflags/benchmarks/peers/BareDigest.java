package dev.agentflags.benchmarks.peers;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** SHA-256 of the bytes that our rollout hashes, by a digest of the thread's own: the least that our contract costs. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class BareDigest {

    private static final int DIGEST_BYTES = 32;

    private final byte[][] hashed = Flags.users(
                    user -> (Flags.ROLLOUT + ":" + Flags.user(user)).getBytes(StandardCharsets.UTF_8))
            .toArray(byte[][]::new);
    private final byte[] digested = new byte[DIGEST_BYTES];
    private final MessageDigest sha256 = sha256();

    /** Makes the state. */
    public BareDigest() {}

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every JVM has SHA-256", e);
        }
    }

    @Benchmark
    public byte digest(Turns turns) throws GeneralSecurityException {
        sha256.update(hashed[turns.next()]);
        sha256.digest(digested, 0, DIGEST_BYTES);
        return digested[0];
    }
}
