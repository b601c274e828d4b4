package dev.agentflags.benchmarks;

import dev.agentflags.agent.AgentFlags;
import dev.agentflags.agent.AgentRun;
import dev.agentflags.agent.config.AgentConfig;
import dev.agentflags.agent.context.AgentContext;
import dev.agentflags.agent.context.ContextMapping;
import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.EvaluationContext;
import dev.openfeature.sdk.OpenFeatureAPI;
import dev.openfeature.sdk.providers.memory.Flag;
import dev.openfeature.sdk.providers.memory.InMemoryProvider;
import java.util.Map;
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
import org.openjdk.jmh.infra.Blackhole;

/**
 * What a turn of an agent costs beyond the evaluations that it needs: the difference between {@link #agent_turn} and {@link
 * #agent_evaluations} is ours. Two flags, a prompt and a toggle; the prompt is pinned, against a flag that has moved on.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 10, time = 1)
@Measurement(iterations = 5, time = 1)
public class AgentRunStart {

    private static final AgentContext CALLER =
            AgentContext.user("alice").plan("enterprise").conversation("c-1");
    private static final Map<String, String> VARIABLES = Map.of("name", "Alice");

    private final OpenFeatureAPI api = OpenFeatureAPI.createIsolated();
    private final EvaluationContext context = ContextMapping.defaults().write(CALLER);
    private final InMemoryProvider provider = new InMemoryProvider(Map.of(
            "prompt", prompt("formal", "You are a formal assistant. You help {{name}}."), "interpreter", toggle()));
    private final Client client = api.getClient();
    private final AgentFlags flags = AgentFlags.builder(
                    client,
                    "support",
                    AgentConfig.of("gpt-4o", "You are a helpful assistant.").tools("search", "calculator"))
            .systemPromptFrom("prompt")
            .when("interpreter", c -> c.addTool("code_interpreter"))
            .withoutTracking()
            .build();

    /** Has the conversation keep its prompt against a flag that has moved on, and makes sure that it does. */
    @Setup
    public void pin() {
        api.setProviderAndWait(provider);
        flags.start(CALLER, VARIABLES).close();
        provider.updateFlag("prompt", prompt("casual", "You are a casual assistant. You help {{name}}."));
        if (!agent_turn().decisions().get(0).pinned()) {
            throw new IllegalStateException("the prompt is not pinned");
        }
    }

    private static Flag<String> prompt(String variant, String text) {
        return Flag.<String>builder()
                .variant(variant, text)
                .defaultVariant(variant)
                .build();
    }

    private static Flag<Boolean> toggle() {
        return Flag.<Boolean>builder().variant("on", true).defaultVariant("on").build();
    }

    /** The least that the two flags cost, were there nothing else. */
    @Benchmark
    public void agent_evaluations(Blackhole hole) {
        hole.consume(client.getStringDetails("prompt", "", context));
        hole.consume(client.getBooleanDetails("interpreter", false, context));
    }

    /** A turn, started and ended. */
    @Benchmark
    public AgentRun agent_turn() {
        AgentRun run = flags.start(CALLER, VARIABLES);
        run.success();
        return run;
    }

    /** Stops the flags' threads. */
    @TearDown
    public void tearDown() {
        flags.close();
        api.shutdown();
    }
}
