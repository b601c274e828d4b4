package dev.agentflags.benchmarks;

import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.EvaluationContext;
import dev.openfeature.sdk.ImmutableContext;
import dev.openfeature.sdk.OpenFeatureAPI;
import java.util.List;
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

/** One evaluation of a flag for ever more listed users through the client; half of 1,024 users who ask are among them, if so many are. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {Started.ROOM, Started.LIMIT, Started.NEW, Started.TOUCHED})
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class GrowthOfLists {

    private static final int ASKING = 1_024;

    private final OpenFeatureAPI api = OpenFeatureAPI.createIsolated();

    /** How many users are listed. */
    @Param({"10", "10000", "1000000"})
    int users;

    private List<EvaluationContext> contexts = List.of();
    private @Nullable Client client;

    /** Makes the state. */
    public GrowthOfLists() {}

    /** Puts the flag in force. Those who ask are spread over the whole list. */
    @Setup
    public void load() {
        client = Started.client(api, Documents.listed(users), Documents.TARGETED);
        int step = Math.max(1, 2 * users / ASKING);
        contexts = IntStream.range(0, ASKING)
                .<EvaluationContext>mapToObj(i -> new ImmutableContext(Documents.user(i * step + (i & 1))))
                .toList();
    }

    @Benchmark
    public boolean grow_listed(Turn turn) {
        return Started.of(client).getBooleanValue(Documents.TARGETED, false, contexts.get(turn.next()));
    }

    /** Ends the provider. */
    @TearDown
    public void shutDown() {
        api.shutdown();
    }

    /** Whose turn it is. */
    @State(Scope.Thread)
    public static class Turn {

        private int next;

        /** Begins with the first user. */
        public Turn() {}

        int next() {
            next = (next + 1) & (ASKING - 1);
            return next;
        }
    }
}
