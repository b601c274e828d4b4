package dev.agentflags.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentflags.admin.AdminException;
import dev.agentflags.agent.AgentFlags;
import dev.agentflags.agent.AgentRun;
import dev.agentflags.agent.config.AgentConfig;
import dev.agentflags.agent.context.AgentContext;
import dev.agentflags.openfeature.Eventually;
import dev.agentflags.remote.RemoteFlags;
import dev.agentflags.rollout.GuardReport;
import dev.agentflags.server.store.FileFlagStore;
import dev.openfeature.sdk.OpenFeatureAPI;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The guard of a server, which sees the outcomes of all processes. */
class CentralGuardTest {

    private static final String FLAGS = """
            {
              "version": 1,
              "lineage": "l",
              "serial": 7,
              "flags": {
                "prompt": {
                  "status": "percentage",
                  "percentage": 25,
                  "variants": { "on": "new", "off": "old" },
                  "guard": { "advance": "manual", "unit": "event" }
                }
              }
            }
            """;

    @TempDir
    private Path directory = Path.of("");

    private static String batch(String process, long sequence, String arm, int count, int error) {
        return IntStream.range(0, count)
                .mapToObj(i -> "{\"flag\":\"prompt\",\"arm\":\"%s\",\"version\":\"7\",\"values\":{\"error\":%d}}"
                        .formatted(arm, error))
                .collect(Collectors.joining(
                        ",",
                        "{\"process\":\"%s\",\"sequence\":%d,\"lost\":0,\"outcomes\":[".formatted(process, sequence),
                        "]}"));
    }

    private static GuardReport.Metric metric(TestServer server) {
        try {
            return RemoteFlags.builder(server.uri("/").toString())
                    .guardReports()
                    .get(0)
                    .metrics()
                    .get(0);
        } catch (AdminException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean isKilled(AgentFlags agent) {
        try (AgentRun run = agent.start(AgentContext.user("user-1"))) {
            return run.decisions().stream().allMatch(decision -> "KILLED".equals(decision.reason()));
        }
    }

    @Test
    void kills_what_fails_in_many_processes_together() throws IOException {
        try (TestServer server = TestServer.start(directory, FLAGS)) {
            for (int process = 0; process < 10; process++) {
                assertThat(post(server, batch("p" + process, 1, "control", 20, 0))
                                .statusCode())
                        .isEqualTo(202);
                post(server, batch("p" + process, 2, "treatment", 2, 1));
            }

            Eventually.until(() -> server.server().published().text().contains("\"engaged\": true"));
            assertThat(server.server().published().text()).contains("treated turns met an error");
            assertThat(Files.readString(directory.resolve("flags.json.audit.jsonl")))
                    .contains("\"actor\":\"guard\"");
        }
    }

    @Test
    void counts_a_batch_once_however_often_it_comes() {
        try (TestServer server = TestServer.start(directory, FLAGS)) {
            for (int i = 0; i < 5; i++) {
                post(server, batch("p", 1, "control", 30, 0));
            }
            post(server, batch("p", 2, "treatment", 3, 0));

            Eventually.until(() -> metric(server).treatment().units() > 0);
            assertThat(metric(server).treatment().units()).isEqualTo(3);
            assertThat(metric(server).control().units()).isEqualTo(30);
        }
    }

    @Test
    void takes_no_batch_while_another_process_guards() throws IOException {
        try (TestServer server = TestServer.start(directory, FLAGS)) {
            Path document = directory.resolve("flags.json");
            try (TestServer other = TestServer.start(FileFlagStore.of(document), options -> {})) {
                Eventually.until(
                        () -> post(other, batch("p", 1, "control", 30, 0)).statusCode() == 503);
                assertThat(post(server, batch("p", 1, "control", 30, 0)).statusCode())
                        .isEqualTo(202);
            }
        }
    }

    @Test
    void goes_on_with_its_evidence_when_the_server_starts_again() {
        try (TestServer server = TestServer.start(directory, FLAGS)) {
            post(server, batch("p", 1, "control", 30, 0));
            post(server, batch("p", 2, "treatment", 10, 0));
            Eventually.until(() -> metric(server).treatment().units() == 10);
        }

        try (TestServer server = TestServer.start(TestServer.file(directory, FLAGS), options -> {})) {
            post(server, batch("p", 2, "treatment", 10, 0));
            post(server, batch("p", 3, "treatment", 8, 0));
            post(server, batch("p", 4, "control", 30, 0));

            Eventually.until(() -> metric(server).treatment().units() > 10);
            assertThat(metric(server).treatment().units()).isEqualTo(18);
        }
    }

    @Test
    void is_fed_by_agents_behind_remote_providers() {
        try (TestServer server = TestServer.start(directory, FLAGS)) {
            OpenFeatureAPI api = OpenFeatureAPI.getInstance();
            List<AgentFlags> agents = new ArrayList<>();
            for (String domain : List.of("guarded-1", "guarded-2")) {
                api.setProviderAndWait(
                        domain, RemoteFlags.provider(server.uri("/").toString()));
                agents.add(AgentFlags.builder(api.getClient(domain), "support", AgentConfig.of("m", "old"))
                        .systemPromptFrom("prompt")
                        .build());
            }
            try {
                var random = new Random(1);
                for (int i = 0; i < 400; i++) {
                    AgentRun run = agents.get(i % 2).start(AgentContext.user("user-" + random.nextInt()));
                    if (run.config().systemPrompt().equals("new")) {
                        run.error(new IllegalStateException("the new prompt always fails"));
                    } else {
                        run.success();
                    }
                }

                Eventually.until(() -> isKilled(agents.get(0)) && isKilled(agents.get(1)));
            } finally {
                agents.forEach(AgentFlags::close);
                api.shutdown();
            }
        }
    }

    @Test
    void refuses_what_is_no_batch_and_says_where() {
        try (TestServer server = TestServer.start(directory, FLAGS)) {
            assertThat(post(server, "{\"process\":\"p\",\"sequence\":1}"))
                    .matches(answer -> answer.statusCode() == 400)
                    .extracting(HttpResponse::body)
                    .asString()
                    .contains("/outcomes: expected an array");
            assertThat(post(server, batch("x".repeat(200), 1, "control", 1, 0)).statusCode())
                    .isEqualTo(400);
            assertThat(post(server, batch("p", 1, "control", 8_000, 0)).statusCode())
                    .isEqualTo(413);
        }
    }

    private static HttpResponse<String> post(TestServer server, String batch) {
        return server.send(server.json("POST", "/v1/outcomes", batch));
    }
}
