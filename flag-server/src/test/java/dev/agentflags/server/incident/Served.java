package dev.agentflags.server.incident;

import dev.agentflags.document.DocumentException;
import dev.agentflags.document.JsonText;
import dev.agentflags.model.FlagValue;
import dev.agentflags.openfeature.AgentFlagsProvider;
import dev.agentflags.remote.RemoteFlags;
import dev.agentflags.server.FlagServer;
import dev.agentflags.server.FlagServerOptions;
import dev.agentflags.server.redis.RedisFlagStore;
import dev.agentflags.server.store.FileFlagStore;
import dev.agentflags.server.store.FlagStore;
import dev.openfeature.sdk.ImmutableContext;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** A server of a test, with those who ask it. */
final class Served implements AutoCloseable {

    final FlagServer server;
    private final FlagStore store;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<AgentFlagsProvider> providers = new ArrayList<>();

    private Served(FlagStore store, FlagServer server) {
        this.store = store;
        this.server = server;
    }

    static Served file(Path directory, String document, UnaryOperator<FlagServerOptions.Builder> options)
            throws IOException {
        Path file = Files.writeString(directory.resolve("flags.json"), document);
        return of(FileFlagStore.of(file), options);
    }

    static Served of(FlagStore store, UnaryOperator<FlagServerOptions.Builder> options) throws IOException {
        FlagServerOptions.Builder builder = FlagServerOptions.builder(store).port(0);
        return new Served(store, FlagServer.start(options.apply(builder).build()));
    }

    /** Returns a provider that has the document. */
    AgentFlagsProvider provider() {
        AgentFlagsProvider provider = RemoteFlags.provider(server.uri().toString());
        providers.add(provider);
        provider.initialize(new ImmutableContext());
        return provider;
    }

    URI uri(String path) {
        return server.uri().resolve(path);
    }

    HttpResponse<String> post(String path, String body, String... headers) {
        var request = HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Returns the keys of the flags whose own switch is engaged, sorted. */
    List<String> killed() {
        return server.published().snapshot().ruleset().flags().values().stream()
                .filter(flag -> flag.killSwitch().engaged())
                .map(flag -> flag.key())
                .sorted()
                .toList();
    }

    /** Returns what the server says of itself. */
    String metrics() {
        return send(HttpRequest.newBuilder(uri("/metrics"))).body();
    }

    /** Returns the audit trail, as the server gives it. */
    String audit() {
        return send(HttpRequest.newBuilder(uri("/v1/audit"))).body();
    }

    /** Makes the audit trail of a store in a file unwritable, even for the super-user, until what is returned is deleted. */
    Path breakAudit(Path directory) throws IOException {
        Path audit = directory.resolve("flags.json.audit.jsonl");
        Files.deleteIfExists(audit);
        return Files.createDirectory(audit);
    }

    static FlagValue json(String text) {
        try {
            return JsonText.read(text);
        } catch (DocumentException e) {
            throw new AssertionError(text, e);
        }
    }

    @Override
    public void close() {
        providers.forEach(AgentFlagsProvider::shutdown);
        server.close();
        if (store instanceof RedisFlagStore redis) {
            redis.close();
        }
    }
}
