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
import dev.agentflags.openfeature.Eventually;
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
        Files.writeString(file(), """
                {"version": 1, "lineage": "test", "serial": 1, "flags": {"new_prompt": {
                  "status": "percentage", "percentage": %s, "targeted_users": ["qa"],
                  "rollout": {"min_duration": "PT0S"}, "guard": %s}}}
                """.formatted(percentage, guard));
        AgentFlagsProvider provider = FileFlags.builder(file()).guard().build();
        api.setProviderAndWait(provider);
        return AgentFlags.builder(api.getClient(), "support", BASE)
                .when("new_prompt", c -> c.systemPrompt("Think step by step."))
                .build();
    }

    /** Serves turns of new users until something is so. A turn fails with one of two rates, by what it was served. */
    private void serveUntil(AgentFlags agent, double control, double treatment, BooleanSupplier end) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!end.getAsBoolean()) {
            assertThat(System.nanoTime()).as("time").isLessThan(deadline);
            for (int i = 0; i < 200; i++) {
                turn(agent, AgentContext.user("user-" + users++), control, treatment);
            }
            waitForDelivery(agent, users);
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

    private static void waitForDelivery(AgentFlags agent, long runs) {
        Eventually.until(() -> agent.deliveries().delivered() == runs);
        assertThat(agent.deliveries().dropped()).isZero();
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

    @Test
    void takes_back_by_itself_what_fails() throws Exception {
        try (AgentFlags agent = start("{}", 25)) {
            AgentContext caller = treated(agent);
            assertThat(agent.start(caller).config()).isNotEqualTo(BASE);

            serveUntil(agent, 0.02, 1, () -> !audit().isEmpty());

            AuditEntry kill = audit().get(0);
            assertThat(kill.operation()).isEqualTo("kill");
            assertThat(kill.actor()).isEqualTo("guard");
            assertThat(kill.reason())
                    .matches("killed at \\d\\d:\\d\\d:\\d\\d: ([\\d,]+) of \\1 treated users met an error, .*");
            Eventually.until(() -> agent.start(caller).decisions().get(0).status() == Status.KILLED);
            assertThat(agent.start(caller).config()).isEqualTo(BASE);
        }
        api.shutdown();
        assertThat(report().state()).isEqualTo(State.STOPPED);
        assertThat(report().stopped()).isEqualTo(audit().get(0).reason());
    }

    /** Returns somebody who has the new prompt, in a conversation that keeps it. */
    private static AgentContext treated(AgentFlags agent) {
        for (int i = 0; ; i++) {
            AgentContext caller = AgentContext.user("early-" + i).conversation("c-" + i);
            if (!agent.start(caller).config().equals(BASE)) {
                return caller;
            }
        }
    }

    @Test
    void ships_what_is_sound() throws Exception {
        try (AgentFlags agent = start("{\"unit\": \"event\"}", 1)) {
            serveUntil(agent, 0.02, 0.02, () -> audit().size() == 4);
        }
        assertThat(audit())
                .allSatisfy(entry -> assertThat(entry.reason()).startsWith("advanced at "))
                .extracting(AuditEntry::operation)
                .containsOnly("advance");
        assertThat(Files.readString(file())).contains("\"status\": \"on\"", "\"percentage\": 100");
    }

    @Test
    void leaves_a_turn_out_that_a_list_decided() throws Exception {
        try (AgentFlags agent = start("{\"unit\": \"event\"}", 25)) {
            for (int i = 0; i < 500; i++) {
                users++;
                turn(agent, AgentContext.user("qa"), 1, 1);
            }
            waitForDelivery(agent, users);
            serveUntil(agent, 0.02, 0.02, () -> users > 2_500);
        }
        api.shutdown();
        assertThat(audit()).noneMatch(AuditEntry::isKill);
        GuardReport.Group treatment = report().metrics().get(0).treatment();
        assertThat(treatment.units()).isBetween(100L, 1_500L);
        assertThat(treatment.bad()).isLessThan(100);
    }
}
