package dev.agentflags.benchmarks;

import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.EvaluationContext;
import dev.openfeature.sdk.ImmutableContext;
import dev.openfeature.sdk.OpenFeatureAPI;
import dev.openfeature.sdk.Value;
import java.util.List;
import java.util.Map;
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

/** One evaluation of a flag with ever more rules through the client, for users whom none of them matches: the most work there is. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {Started.ROOM, Started.LIMIT, Started.NEW, Started.TOUCHED})
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class GrowthOfRules {

    private static final int ASKING = 1_024;

    private final OpenFeatureAPI api = OpenFeatureAPI.createIsolated();
    private final List<EvaluationContext> contexts = IntStream.range(0, ASKING)
            .<EvaluationContext>mapToObj(
                    i -> new ImmutableContext("user-" + i, Map.of("region", new Value("nowhere-" + i))))
            .toList();

    /** How many rules the flag has. */
    @Param({"1", "10", "100"})
    int rules;

    private @Nullable Client client;

    /** Makes the state. */
    public GrowthOfRules() {}

    /** Puts the flag in force. */
    @Setup
    public void load() {
        client = Started.client(api, Documents.rules(rules), Documents.ROLLOUT);
    }

    @Benchmark
    public boolean grow_rules(GrowthOfLists.Turn turn) {
        return Started.of(client).getBooleanValue(Documents.ROLLOUT, false, contexts.get(turn.next()));
    }

    /** Ends the provider. */
    @TearDown
    public void shutDown() {
        api.shutdown();
    }
}
