package dev.agentflags.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentflags.admin.AuditEntry;
import dev.agentflags.agent.AgentFlags;
import dev.agentflags.agent.AgentRun;
import dev.agentflags.agent.config.AgentConfig;
import dev.agentflags.agent.context.AgentContext;
import dev.agentflags.agent.outcome.Decision.Status;
import dev.agentflags.file.FileFlags;
import dev.agentflags.file.FileGuardStore;
import dev.agentflags.openfeature.AgentFlagsProvider;
import dev.agentflags.rollout.Checkpoint;
import dev.agentflags.rollout.GuardReport;
import dev.agentflags.rollout.State;
import dev.openfeature.sdk.OpenFeatureAPI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Agents, a file of flags and a guard in one process: what is broken takes itself back, and what is sound ships. */
class GuardedRolloutTest {

    private static final AgentConfig BASE = AgentConfig.of("gpt-4o", "You are a helpful assistant.");
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final OpenFeatureAPI api = OpenFeatureAPI.createIsolated();
    private final Random random = new Random(42);
    private int users;

    @TempDir
    private Path directory = Path.of("");

    @AfterEach
    void shutDown() {
        api.shutdown();
    }

    private Path file() {
        return directory.resolve("flags.json");
    }

    private AgentFlags start(String guard, double percentage) throws Exception {
        Files.writeString(
                file(),
                """
                {"version": 1, "lineage": "test", "serial": 1, "flags": {"new_prompt": {
                  "status": "percentage", "percentage": %s, "targeted_users": ["qa"],
                  "variants": {"on": "Think step by step.", "off": "You are a helpful assistant."},
                  "rollout": {"min_duration": "PT0S"}, "guard": %s}}}
                """
                        .formatted(percentage, guard));
        AgentFlagsProvider provider = FileFlags.builder(file()).guard().build();
        api.setProviderAndWait(provider);
        return AgentFlags.builder(api.getClient(), "support", BASE)
                .prompt("new_prompt")
                .build();
    }

    /** Serves turns of new users until something is so. A turn fails with one of two rates, by what it was served. */
    private void serveUntil(AgentFlags agent, double control, double treatment, BooleanSupplier end) throws Exception {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!end.getAsBoolean()) {
            assertThat(System.nanoTime()).as("time").isLessThan(deadline);
            for (int i = 0; i < 200; i++) {
                turn(agent, AgentContext.user("user-" + users++), control, treatment);
            }
            waitForDelivery(agent);
        }
    }

    private void turn(AgentFlags agent, AgentContext caller, double control, double treatment) {
        AgentRun run = agent.start(caller);
        boolean treated = !run.config().systemPrompt().equals(BASE.systemPrompt());
        if (random.nextDouble() < (treated ? treatment : control)) {
            run.error(new IllegalStateException("the answer made no sense"));
        } else {
            run.success();
        }
    }

    private static void waitForDelivery(AgentFlags agent) throws InterruptedException {
        while (agent.deliveries().delivered() + agent.deliveries().failed() < agent.runs()) {
            Thread.sleep(1);
        }
    }

    private List<AuditEntry> audit() {
        try {
            return FileFlags.admin(file(), "test").audit();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private GuardReport report() throws Exception {
        return Checkpoint.reports(Objects.requireNonNull(FileGuardStore.read(file())))
                .get(0);
    }
}
