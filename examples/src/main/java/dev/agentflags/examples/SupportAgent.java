package dev.agentflags.examples;

import dev.agentflags.agent.AgentFlags;
import dev.agentflags.agent.AgentRun;
import dev.agentflags.agent.config.AgentConfig;
import dev.agentflags.agent.context.AgentContext;
import dev.agentflags.agent.outcome.Decision;
import dev.agentflags.file.FileFlags;
import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.OpenFeatureAPI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A support agent whose prompt, tools and model are decided by three flags in a file. It talks to no model; where one
 * would be called, it prints what it would be called with.
 */
public final class SupportAgent {

    /** What the agent runs with where no flag says otherwise. */
    static final AgentConfig BASE =
            AgentConfig.of("gpt-4o", "You are a helpful assistant.").tools("search", "calculator");

    /** What {@code new_reasoning_prompt} is about. */
    static final String REASONING = "Think step by step before answering.";

    private SupportAgent() {}

    /** Which flags decide what. */
    static AgentFlags flags(Client client) {
        return AgentFlags.builder(client, "support", BASE)
                .when("new_reasoning_prompt", c -> c.systemPrompt(REASONING))
                .when("enable_code_interpreter", c -> c.addTool("code_interpreter"))
                .when("use_gpt4o_mini", c -> c.model("gpt-4o-mini"))
                .build();
    }

    /**
     * Prints what each of some users gets.
     *
     * @param args the path of the flags; {@code examples/flags.json} unless given
     */
    public static void main(String[] args) {
        OpenFeatureAPI api = OpenFeatureAPI.getInstance();
        api.setProviderAndWait(FileFlags.provider(Path.of(args.length > 0 ? args[0] : "examples/flags.json")));
        try (AgentFlags flags = flags(api.getClient())) {
            for (AgentContext caller : List.of(
                    AgentContext.user("alice").plan("free"),
                    AgentContext.user("bob").plan("pro"),
                    AgentContext.user("carol").plan("enterprise"),
                    AgentContext.nobody())) {
                String answer = flags.call(caller, run -> answer(run, "Where is my order?"));
                System.out.printf(
                        "%-6s %-11s %s%n",
                        caller.anonymous() ? "-" : caller.userId(),
                        caller.plan() == null ? "-" : caller.plan(),
                        answer);
            }
        } finally {
            api.shutdown();
        }
    }

    private static String answer(AgentRun run, String question) {
        AgentConfig config = run.config();
        run.modelCall(question.length(), 0);
        String why = run.decisions().stream().map(SupportAgent::why).collect(Collectors.joining(", "));
        return "%s %s \"%s\"%n                   %s"
                .formatted(config.model(), config.tools(), config.systemPrompt(), why);
    }

    private static String why(Decision decision) {
        return decision.flag() + "=" + decision.label() + " (" + decision.reason() + ")";
    }
}
