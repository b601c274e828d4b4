package dev.agentflags.examples;

import dev.agentflags.admin.AdminException;
import dev.agentflags.admin.FlagAdmin;
import dev.agentflags.config.AgentFlags;
import dev.agentflags.file.FileFlags;
import dev.agentflags.remote.RemoteFlags;
import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.EvaluationContext;
import dev.openfeature.sdk.FeatureProvider;
import dev.openfeature.sdk.MutableContext;
import dev.openfeature.sdk.OpenFeatureAPI;
import dev.openfeature.sdk.multiprovider.MultiProvider;
import java.nio.file.Path;
import java.util.List;

/** Every line of Java that the README shows. */
final class ReadmeSnippets {

    private ReadmeSnippets() {}

    // spotless:off
    static String tenLines() {
        OpenFeatureAPI api = OpenFeatureAPI.getInstance();
        api.setProviderAndWait(FileFlags.provider(Path.of("flags.json")));
        Client flags = api.getClient();

        EvaluationContext user = new MutableContext("bob").add("plan", "pro");
        String prompt = flags.getBooleanValue("new_reasoning_prompt", false, user)
                ? "Think step by step before answering."
                : "You are a helpful assistant.";
        return prompt;
    }

    static void advance() throws AdminException {
        FlagAdmin admin = FileFlags.admin(Path.of("flags.json"), "release-bot");
        admin.advance("new_reasoning_prompt", "error rate unchanged");
    }

    static void behindAServer(OpenFeatureAPI api) {
        api.setProviderAndWait(RemoteFlags.builder("https://flags.example.com")
                .tokenFile(Path.of("agents.token"))
                .cacheDirectory(Path.of("/var/cache/agentflags"))
                .build());
    }

    static void byConfiguration() {
        OpenFeatureAPI.getInstance().setProviderAndWait(AgentFlags.provider());
    }

    static Client besideAnother(OpenFeatureAPI api, FeatureProvider theirs) {
        api.setProviderAndWait(new MultiProvider(List.of(FileFlags.provider(Path.of("flags.json")), theirs)));
        api.setProviderAndWait("agents", FileFlags.provider(Path.of("flags.json")));
        api.setProviderAndWait("web", theirs);
        Client agents = api.getClient("agents");
        return agents;
    }
    // spotless:on
}
