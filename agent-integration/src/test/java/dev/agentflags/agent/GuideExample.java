package dev.agentflags.agent;

import dev.agentflags.agent.config.AgentConfig;
import dev.agentflags.agent.config.ConfigRules;
import dev.agentflags.agent.config.InvalidConfigException;
import dev.agentflags.agent.context.AgentContext;
import dev.agentflags.agent.context.ContextHook;
import dev.agentflags.agent.context.ContextMapping;
import dev.agentflags.agent.outcome.RunRef;
import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.Value;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The Java of the guide, line by line; what it says of OpenTelemetry is in that module. */
final class GuideExample {

    private GuideExample() {}

    // spotless:off
    static AgentFlags build(Client client) {
        AgentFlags flags = AgentFlags.builder(
                        client,
                        "support",
                        AgentConfig.of("gpt-4o", "You are a helpful assistant.").tools("search", "calculator"))
                .when("new_reasoning_prompt", c -> c.systemPrompt("Think step by step before answering."))
                .when("enable_code_interpreter", c -> c.addTool("code_interpreter"))
                .when("use_gpt4o_mini", c -> c.model("gpt-4o-mini"))
                .build();
        return flags;
    }

    static AgentFlags buildForEveryTurn(AgentFlagsBuilder builder) {
        return builder
                .when("use_gpt4o_mini", c -> c.model("gpt-4o-mini"))
                .everyTurn("use_gpt4o_mini")
                .build();
    }

    static String answer(AgentFlags flags, Model model, String question) {
        String answer = flags.call(AgentContext.user("alice").plan("pro").conversation("c-1"), run -> {
            Reply reply = model.chat(run.config(), question);
            run.modelCall(reply.inputTokens(), reply.outputTokens(), reply.finishReason());
            return reply.text();
        });
        return answer;
    }

    static void hook(Client client) {
        client.addHooks(ContextHook.from(
                ContextMapping.builder().user("userId").plan("subscription.tier").build()));
    }

    static void check(ConfigRules rules, Value value, AgentConfig base) throws InvalidConfigException {
        rules.read(value, base, Set.of("name", "plan"));              // throws InvalidConfigException with every problem
    }

    static Object callTool(AgentRun run, Interpreter interpreter, String code) throws Exception {
        Object result = run.tools().call("code_interpreter", () -> interpreter.run(code)); // or run.tools().permits(…)
        return result;
    }

    static void take(AgentFlags flags, AgentContext caller, Consumer<AgentRun> turn) {
        AgentRun run = flags.start(caller);
        try {
            turn.accept(run);
            run.success();
        } catch (RuntimeException e) {
            run.error(e);
            throw e;
        }
    }

    static void rate(AgentFlags flags, AgentRun run) {
        String token = run.ref().encode();                            // no user data in it; not signed
        flags.feedback(RunRef.decode(token), "thumbs", 1);            // 1 for a thumbs-up
    }
    // spotless:on

    /** Any client of any model. */
    interface Model {

        Reply chat(AgentConfig config, String question);
    }

    /** What a model's client returns. */
    record Reply(
            String text,
            long inputTokens,
            long outputTokens,
            @Nullable String finishReason) {}

    /** Any tool. */
    interface Interpreter {

        Object run(String code);
    }
}
