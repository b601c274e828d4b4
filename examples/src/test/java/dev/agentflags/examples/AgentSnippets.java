package dev.agentflags.examples;

import dev.agentflags.agent.AgentFlags;
import dev.agentflags.agent.config.AgentConfig;
import dev.agentflags.agent.context.AgentContext;
import dev.openfeature.sdk.Client;

/** The lines about agents that the README shows; apart, because two classes are called AgentFlags. */
final class AgentSnippets {

    private AgentSnippets() {}

    /** Any client of any model. */
    interface Model {
        String chat(AgentConfig config, String question);
    }

    // spotless:off
    static String turn(Client client, Model model, String question) {
        AgentFlags agent = AgentFlags.builder(
                        client,
                        "support",
                        AgentConfig.of("gpt-4o", "You are a helpful assistant.").tools("search", "calculator"))
                .when("new_reasoning_prompt", c -> c.systemPrompt("Think step by step before answering."))
                .when("enable_code_interpreter", c -> c.addTool("code_interpreter"))
                .when("use_gpt4o_mini", c -> c.model("gpt-4o-mini"))
                .build();

        String answer = agent.call(AgentContext.user("alice").plan("pro").conversation("c-1"), run -> model.chat(run.config(), question));
        return answer;
    }
    // spotless:on
}
