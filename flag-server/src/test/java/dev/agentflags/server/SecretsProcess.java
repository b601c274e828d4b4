package dev.agentflags.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.agentflags.admin.AdminException;
import dev.agentflags.admin.FlagAdmin;
import dev.agentflags.openfeature.AgentFlagsProvider;
import dev.agentflags.openfeature.Eventually;
import dev.agentflags.remote.RemoteBuilder;
import dev.agentflags.remote.RemoteFlags;
import dev.openfeature.sdk.EvaluationContext;
import dev.openfeature.sdk.ImmutableContext;
import dev.openfeature.sdk.MutableTrackingEventDetails;
import dev.openfeature.sdk.Value;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What {@link SecretsTest} listens to: a server, a provider and an admin, with tokens that are good and with tokens that are not. What
 * they answer, throw and say of themselves is printed.
 */
final class SecretsProcess {

    private static final Duration SHORT = Duration.ofMillis(300);

    /** For some attempts, so that each gets another answer. */
    private static final Duration LONG = Duration.ofSeconds(4);

    private static final EvaluationContext USER = new ImmutableContext(
            SecretsTest.USER, Map.of("plan", new Value(SecretsTest.USER), "email", new Value(SecretsTest.USER)));

    private static final String CONTEXT =
            "{\"context\": {\"targetingKey\": \"%1$s\", \"plan\": \"%1$s\", \"email\": [\"%1$s\"]}}"
                    .formatted(SecretsTest.USER);

    private static final String REASON = "{\"reason\": \"r\"}";

    /** Every route, some of them in a way in which it refuses. Where a token stands, somebody has put it in the wrong place. */
    private static final List<String> REQUESTS = List.of(
            "GET /v1/document",
            "GET /v1/document?access_token=%s",
            "PUT /v1/document " + REASON,
            "GET /v1/audit",
            "GET /v1/audit?after=%s",
            "GET /v1/guard",
            "GET /admin/v1/providers",
            "GET /healthz",
            "GET /readyz",
            "GET /metrics",
            "GET /%s",
            "GET /../%s",
            "HEAD /ofrep/v1/sse",
            "POST /admin/v1/drill {}",
            "POST /v1/outcomes {\"process\": \"p\", \"sequence\": 1, \"lost\": 0, \"outcomes\": []}",
            "POST /v1/outcomes {\"process\": %s",
            "POST /ofrep/v1/evaluate/flags " + CONTEXT,
            "POST /ofrep/v1/evaluate/flags/a " + CONTEXT,
            "POST /ofrep/v1/evaluate/flags/a " + CONTEXT + "x",
            "POST /ofrep/v1/evaluate/flags/%s " + CONTEXT,
            "POST /hooks/v1/alertmanager {\"version\": \"4\", \"alerts\": []}",
            "POST /hooks/v1/%s {}",
            "POST /admin/v1/kill-switches/a/activate " + REASON,
            "POST /admin/v1/kill-switches/a/activate {\"%s\": 1}",
            "POST /admin/v1/kill-switches/a/activate \"%s",
            "POST /admin/v1/kill-switches/%s/activate " + REASON,
            "POST /admin/v1/kill-switches/a/deactivate " + REASON,
            "POST /admin/v1/rollouts/a/advance " + REASON,
            "POST /admin/v1/rollouts/a/roll-back " + REASON,
            "PUT /admin/v1/flags/a {\"reason\": \"r\", \"flag\": {\"status\": \"on\"}}",
            "PUT /admin/v1/flags/a {\"reason\": \"r\", \"flag\": {\"status\": 7}}",
            "DELETE /admin/v1/flags/%s " + REASON);

    private final Path directory;

    private SecretsProcess(Path directory) {
        this.directory = directory;
    }

    public static void main(String[] arguments) throws Exception {
        new SecretsProcess(Path.of(arguments[0])).run();
        System.out.println(SecretsTest.DONE);
        System.exit(0);
    }

    private void run() throws IOException {
        List<String> tokens = Files.readAllLines(directory.resolve(SecretsTest.TOKENS));
        HttpServer echo = echo();
        try (TestServer open = server(false);
                TestServer secure = server(true)) {
            URI parrot = URI.create("http://127.0.0.1:" + echo.getAddress().getPort());
            for (String token : tokens) {
                request(open, "Bearer " + token, token);
                use(open.server().uri(), token, SHORT);
            }
            String token = tokens.get(0);
            for (String wrong : List.of("bearer %s x", "Basic %s", "%s", "Bearer %s\u00e9")) {
                request(open, wrong.formatted(token), token);
            }
            use(secure.server().uri(), token, SHORT);
            use(parrot, token, LONG);
            stream(open, token);
            listen(open, token);
        } finally {
            echo.stop(0);
        }
    }

    private TestServer server(boolean tls) throws IOException {
        Path files = Files.createDirectory(directory.resolve(tls ? "secure" : "open"));
        return TestServer.start(TestServer.file(files, TestServer.FLAGS), options -> {
            options.tokens(directory.resolve("tokens.json")).alerts(directory.resolve("alerts.json"));
            if (tls) {
                options.tls(directory.resolve("tls.crt"), directory.resolve("tls.key"));
            }
            say(options, options.build());
        });
    }

    /** An answer may repeat what its reader has put in the wrong place; nothing else may, and no answer what was in the right one. */
    private static void request(TestServer server, String authorization, String token) {
        for (String request : REQUESTS) {
            String[] parts = request.formatted(token).split(" ", 3);
            String body = parts.length < 3 ? "" : parts[2];
            String answer = server.raw("%s %s HTTP/1.1\nHost: localhost\nIf-Match: *\nAuthorization: %s\n"
                            .formatted(parts[0], parts[1], authorization)
                    + "Content-Type: application/json\nContent-Length: "
                    + body.getBytes(UTF_8).length + "\n\n" + body);
            System.out.println(parts[0] + ": " + (request.contains("%s") ? answer.replace(token, "…") : answer));
        }
    }

    private void use(URI server, String token, Duration patience) {
        provide(server, token, patience);
        administer(server, token);
    }

    private void provide(URI server, String token, Duration patience) {
        RemoteBuilder builder = builder(server, token)
                .followSameOriginRedirects(true)
                .cacheDirectory(directory.resolve("cache"))
                .initTimeout(patience);
        AgentFlagsProvider provider = builder.build();
        say(builder, provider, provider.getMetadata().getName());
        try {
            provider.initialize(USER);
        } catch (Exception e) { // whatever it is
            e.printStackTrace(System.out);
        }
        say(provider.getBooleanEvaluation("a", false, USER));
        provider.track("error", USER, new MutableTrackingEventDetails(1));
        provider.shutdown();
    }

    /** A token that no header may have cannot be set; it can be had from somebody who gives others out, too. */
    private static RemoteBuilder builder(URI server, String token) {
        RemoteBuilder builder = RemoteFlags.builder(server.toString());
        try {
            return builder.token(token);
        } catch (IllegalArgumentException e) {
            e.printStackTrace(System.out);
            return builder.token(() -> token);
        }
    }

    private static void administer(URI server, String token) {
        FlagAdmin admin = builder(server, token).admin("alice");
        say(admin);
        for (Asking asking : List.<Asking>of(
                () -> admin.kill("b", "r"),
                () -> admin.revive("b", "r"),
                () -> admin.document().text().length(),
                admin::audit)) {
            try {
                say(asking.ask());
            } catch (AdminException e) {
                e.printStackTrace(System.out);
            }
        }
    }

    private interface Asking {
        Object ask() throws AdminException;
    }

    private static void stream(TestServer server, String token) throws IOException {
        try (TestServer.Stream stream = server.as(token).stream()) {
            say(stream.response().headers(), stream.lines());
        }
        Eventually.until(() -> server.server().streams() == 0);
    }

    /** With a ticket, where it belongs, and where it does not. */
    private static void listen(TestServer server, String token) throws IOException {
        String evaluated = server.as(token)
                .send(server.json("POST", "/ofrep/v1/evaluate/flags", CONTEXT))
                .body();
        String ticket = evaluated.replaceAll("(?s).*ticket=([^\"]*)\".*", "$1");
        try (TestServer.Stream stream = server.as(null).stream(server.request("/ofrep/v1/sse?ticket=" + ticket))) {
            say(stream.response().headers(), stream.lines());
        }
        Eventually.until(() -> server.server().streams() == 0);
        for (String wrong : List.of(ticket + "x", "%zz" + ticket, ticket + "%", token)) {
            for (String path : List.of("/ofrep/v1/sse?ticket=", "/v1/document?ticket=", "/v1/audit?after=")) {
                say(server.raw("GET " + path + wrong + " HTTP/1.1\nHost: localhost\n\n"));
            }
        }
        request(server, "Bearer " + ticket, ticket);
        request(server, "Bearer " + token, "%zz" + ticket);
    }

    private static void say(Object... said) {
        System.out.println(List.of(said));
    }

    /** A server that repeats the token wherever it can: in pages, headers, and where it sends one. */
    private static HttpServer echo() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        int[] statuses = {200, 302, 401, 403, 500};
        int[] count = {0};
        server.createContext("/", exchange -> repeat(exchange, statuses[count[0]++ % statuses.length]));
        server.start();
        return server;
    }

    private static void repeat(HttpExchange exchange, int status) throws IOException {
        String heard = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        for (String header : List.of("ETag", "Retry-After", "WWW-Authenticate", "Content-Type", "X-Heard")) {
            exchange.getResponseHeaders().set(header, heard);
        }
        exchange.getResponseHeaders().set("Location", "/" + heard.replace(' ', '/'));
        byte[] page = ("<html>" + heard + "</html>").getBytes(UTF_8);
        exchange.sendResponseHeaders(status, page.length);
        exchange.getResponseBody().write(page);
        exchange.close();
    }
}
