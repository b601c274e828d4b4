package dev.agentflags.benchmarks;

import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.OpenFeatureAPI;
import java.util.Arrays;
import java.util.Collections;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** One evaluation of a 25 % rollout through the client, beside ever more other flags: always of one flag, or of all by turns. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {Started.ROOM, Started.LIMIT, Started.NEW, Started.TOUCHED})
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class GrowthOfFlags {

    private static final long SEED = 7;
    private static final String BY_HAND = "by-hand";

    private final OpenFeatureAPI api = OpenFeatureAPI.createIsolated();

    /** How many flags there are. */
    @Param({"10", "1000", "100000"})
    int flags;

    private String[] keys = {};
    private @Nullable Client client;
    private @Nullable Client byHand;

    /** Makes the state. */
    public GrowthOfFlags() {}

    /** Puts the flags in force. */
    @Setup
    public void load() {
        keys = IntStream.range(0, flags).mapToObj(Documents::rollout).toArray(String[]::new);
        Collections.shuffle(Arrays.asList(keys), new Random(SEED));
        api.setProviderAndWait(
                BY_HAND, new SeedsByHand(IntStream.range(0, flags).mapToObj(Documents::rollout)));
        byHand = api.getClient(BY_HAND);
        client = Started.client(api, Documents.rollouts(flags), keys[0]);
    }

    @Benchmark
    public boolean grow_flags_one(Users users) {
        return Started.of(client).getBooleanValue(keys[0], false, users.context());
    }

    @Benchmark
    public boolean grow_flags_all(Users users, Position position) {
        return Started.of(client).getBooleanValue(keys[position.next(flags)], false, users.context());
    }

    /** What that costs whoever does it: of many flags, most lie in no cache. */
    @Benchmark
    public boolean grow_by_hand_all(Users users, Position position) {
        return Started.of(byHand).getBooleanValue(keys[position.next(flags)], false, users.context());
    }

    /** Ends the provider. */
    @TearDown
    public void shutDown() {
        api.shutdown();
    }

    /** Where a thread is in the flags. */
    @State(Scope.Thread)
    public static class Position {

        private int next;

        /** Begins with the first flag. */
        public Position() {}

        int next(int count) {
            next = next + 1 < count ? next + 1 : 0;
            return next;
        }
    }
}
