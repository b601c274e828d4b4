package dev.agentflags.benchmarks;

import dev.agentflags.openfeature.AgentFlagsProvider;
import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.FeatureProvider;
import dev.openfeature.sdk.NoOpProvider;
import dev.openfeature.sdk.OpenFeatureAPI;
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
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** One evaluation of a boolean flag: ours, the SDK's provider that does nothing, and the digest alone. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
        value = 3,
        jvmArgsAppend = {Started.ROOM, Started.LIMIT, Started.NEW, Started.TOUCHED})
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class Evaluation {

    private static final int DIGEST_BYTES = 32;

    private final OpenFeatureAPI api = OpenFeatureAPI.createIsolated();
    private final AgentFlagsProvider provider = AgentFlagsProvider.builder(
                    "measured", new FixedSource(Documents.measured()))
            .build();
    private final byte[] digested = new byte[DIGEST_BYTES];
    private final MessageDigest sha256;
    private final Client noOp;
    private final Client ours;

    /** Makes the state. */
    public Evaluation() {
        this.sha256 = Sha256.digest();
        this.noOp = client("no-op", new NoOpProvider());
        this.ours = client("ours", provider);
    }

    private Client client(String domain, FeatureProvider provider) {
        api.setProviderAndWait(domain, provider);
        return api.getClient(domain);
    }

    /** Makes sure that what is measured is what it says. */
    @Setup
    public void check() {
        if (!ours.getBooleanDetails(Documents.ROLLOUT, false, new Users().context())
                .getReason()
                .equals("SPLIT")) {
            throw new IllegalStateException("the rollout is not evaluated");
        }
    }

    /** Ends the provider. */
    @TearDown
    public void shutDown() {
        api.shutdown();
    }

    @Benchmark
    public boolean client_noop(Users users) {
        return noOp.getBooleanValue(Documents.ROLLOUT, false, users.context());
    }

    @Benchmark
    public boolean client_noop_new_context(Users users) {
        return noOp.getBooleanValue(Documents.ROLLOUT, false, users.newContext());
    }

    @Benchmark
    public boolean client_rollout(Users users) {
        return ours.getBooleanValue(Documents.ROLLOUT, false, users.context());
    }

    @Benchmark
    public boolean client_rollout_new_context(Users users) {
        return ours.getBooleanValue(Documents.ROLLOUT, false, users.newContext());
    }

    @Benchmark
    public boolean client_targeted(Users users) {
        return ours.getBooleanValue(Documents.TARGETED, false, users.context());
    }

    @Benchmark
    public boolean provider_rollout(Users users) {
        return provider.getBooleanEvaluation(Documents.ROLLOUT, false, users.context())
                .getValue();
    }

    @Benchmark
    public boolean provider_rollout_new_context(Users users) {
        return provider.getBooleanEvaluation(Documents.ROLLOUT, false, users.newContext())
                .getValue();
    }

    @Benchmark
    public boolean provider_targeted(Users users) {
        return provider.getBooleanEvaluation(Documents.TARGETED, false, users.context())
                .getValue();
    }

    @Benchmark
    public byte bare_digest(Users users) throws GeneralSecurityException {
        sha256.update(users.hashed());
        sha256.digest(digested, 0, DIGEST_BYTES);
        return digested[0];
    }
}
