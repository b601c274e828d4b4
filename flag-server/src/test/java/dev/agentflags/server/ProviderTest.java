package dev.agentflags.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentflags.admin.AdminException;
import dev.agentflags.admin.AuditEntry;
import dev.agentflags.admin.FlagAdmin;
import dev.agentflags.openfeature.Eventually;
import dev.agentflags.remote.RemoteFlags;
import dev.agentflags.server.access.Scope;
import dev.agentflags.server.store.FileFlagStore;
import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.OpenFeatureAPI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server as the remote provider and remote administration see it. */
class ProviderTest {

    @TempDir
    Path directory;

    TestServer server;
    Client client;
    String agent;
    String lead;

    @BeforeEach
    void start() {
        agent = TestServer.token(directory, "agent", null, Scope.READ);
        lead = TestServer.token(directory, "lead", null, Scope.OPERATE, Scope.REVIVE);
        server = TestServer.start(
                TestServer.file(directory, TestServer.FLAGS),
                options -> options.tokens(directory.resolve("tokens.json")));
        OpenFeatureAPI.getInstance()
                .setProviderAndWait(
                        "ProviderTest",
                        RemoteFlags.builder(server.server().uri().toString())
                                .token(agent)
                                .build());
        client = OpenFeatureAPI.getInstance().getClient("ProviderTest");
    }

    @AfterEach
    void stop() {
        OpenFeatureAPI.getInstance().shutdown();
        server.close();
    }

    private boolean on(String key) {
        return client.getBooleanValue(key, false);
    }

    @Test
    void gives_flags_and_takes_them_back() throws AdminException {
        FlagAdmin admin = RemoteFlags.admin(server.server().uri().toString(), () -> lead, "alice");
        assertThat(on("b")).isTrue();
        Eventually.until(() -> server.server().streams() == 1);

        admin.kill("b", "wrong");
        Eventually.until(() -> !on("b"));
        admin.revive("b", "mended");
        Eventually.until(() -> on("b"));

        assertThat(admin.audit())
                .extracting(AuditEntry::actor)
                .as("and the actor is whom the token says, whatever the body says")
                .containsExactly("alice (lead)", "alice (lead)");
        assertThat(server.as(lead).get("/admin/v1/providers").body())
                .contains("\"token\":\"agent\"", "\"connected\":true");

        OpenFeatureAPI.getInstance().shutdown();
        Eventually.until(() -> server.server().streams() == 0);
        assertThat(server.as(lead).get("/admin/v1/providers").body()).contains("\"connected\":false");
    }

    @Test
    void is_told_of_changes_through_a_proxy_that_has_the_server_below_a_prefix() throws Exception {
        OpenFeatureAPI.getInstance().shutdown();
        Eventually.until(() -> server.server().streams() == 0);
        try (var proxy = new PrefixProxy(server.server().uri())) {
            OpenFeatureAPI.getInstance()
                    .setProviderAndWait(
                            "ProviderTest",
                            RemoteFlags.builder(proxy.url("/v1/document"))
                                    .token(agent)
                                    .build());
            client = OpenFeatureAPI.getInstance().getClient("ProviderTest");
            Eventually.until(() -> server.server().streams() == 1);
            server.as(lead).activate("b");

            Eventually.until(() -> !on("b"));
        }
    }

    @Test
    void does_not_let_an_agent_do_anything() {
        FlagAdmin admin = RemoteFlags.admin(server.server().uri().toString(), () -> agent, "agent");

        assertThatThrownBy(() -> admin.kill("b", "r"))
                .isInstanceOf(AdminException.class)
                .extracting("kind")
                .isEqualTo(AdminException.Kind.FORBIDDEN);
    }

    @Test
    void that_lost_its_changes_un_kills_nobody() throws Exception {
        server.as(lead).activate("b");
        Eventually.until(() -> !on("b"));
        int port = server.server().uri().getPort();
        server.close();
        Files.writeString(directory.resolve("flags.json"), TestServer.FLAGS);
        server = TestServer.start(
                FileFlagStore.of(directory.resolve("flags.json")),
                options -> options.tokens(directory.resolve("tokens.json")).port(port));
        Eventually.until(() -> server.as(lead).get("/admin/v1/providers").body().contains("\"serial\":8"));

        assertThat(on("b"))
                .as("serial 7 is older than serial 8, which killed it")
                .isFalse();
        assertThat(server.as(lead).get("/v1/document").body()).isEqualTo(TestServer.FLAGS);
    }
}
