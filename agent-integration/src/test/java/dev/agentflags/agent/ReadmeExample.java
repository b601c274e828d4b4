package dev.agentflags.agent;

import dev.agentflags.agent.config.AgentConfig;
import dev.agentflags.agent.context.AgentContext;
import dev.openfeature.sdk.Client;
import org.jspecify.annotations.Nullable;

/** The lines between the marks are the guide's, word for word. */
final class ReadmeExample {

    private ReadmeExample() {}

    static AgentFlags build(Client client) {
        // guide: build
        AgentFlags flags = AgentFlags.builder(
                        client,
                        "support",
                        AgentConfig.of("gpt-4o", "You are a helpful assistant.").tools("search", "calculator"))
                .when("new_reasoning_prompt", c -> c.systemPrompt("Think step by step before answering."))
                .when("enable_code_interpreter", c -> c.addTool("code_interpreter"))
                .when("use_gpt4o_mini", c -> c.model("gpt-4o-mini"))
                .build();
        // end
        return flags;
    }

    static String answer(AgentFlags flags, Model model, String question) {
        // guide: turn
        String answer = flags.call(AgentContext.user("alice").plan("pro").conversation("c-1"), run -> {
            Reply reply = model.chat(run.config(), question);
            run.modelCall(reply.inputTokens(), reply.outputTokens(), reply.finishReason());
            return reply.text();
        });
        // end
        return answer;
    }

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
}
