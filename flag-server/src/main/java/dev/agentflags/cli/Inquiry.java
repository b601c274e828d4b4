package dev.agentflags.cli;

import dev.agentflags.document.DocumentException;
import dev.agentflags.document.JsonText;
import dev.agentflags.model.FlagValue.Structure;
import dev.agentflags.model.FlagValue.Text;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Asks a server what is no operation on its flags. */
final class Inquiry {

    private static final Duration CONNECT = Duration.ofSeconds(5);

    /** In a drill the server gives the providers five seconds; an audit trail may be long. */
    private static final Duration ANSWER = Duration.ofSeconds(20);

    private final URI server;
    private final @Nullable Supplier<String> token;

    Inquiry(URI server, @Nullable Supplier<String> token) {
        this.server = server;
        this.token = token;
    }

    /** Has the server tell its providers that there is something to fetch, and returns who came. */
    Structure drill() throws CommandException {
        return answer(request("/admin/v1/drill")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{}")));
    }

    /** Returns what the server says of its audit trail. */
    Structure auditCheck() throws CommandException {
        return answer(request("/v1/audit/check"));
    }

    private HttpRequest.Builder request(String path) throws CommandException {
        requireSafe();
        var request = HttpRequest.newBuilder(server.resolve(path)).timeout(ANSWER);
        return token == null ? request : request.header("Authorization", "Bearer " + token.get());
    }

    private Structure answer(HttpRequest.Builder request) throws CommandException {
        HttpResponse<String> response = send(request.build());
        Structure answer = object(response.body());
        if (response.statusCode() == 200) {
            return answer;
        }
        String detail = answer.fields().get("detail") instanceof Text text ? text.value() : "it is no flag server";
        throw new CommandException(
                Exit.UNAVAILABLE, server + " answers " + response.statusCode() + ": " + detail, null);
    }

    /** A token must not be overheard. */
    private void requireSafe() throws CommandException {
        String host = server.getHost();
        boolean local = "localhost".equals(host) || "127.0.0.1".equals(host) || "[::1]".equals(host);
        if (host == null || !("https".equals(server.getScheme()) || ("http".equals(server.getScheme()) && local))) {
            throw new CommandException(
                    Exit.USAGE,
                    "--server: expected an https URL, or http on this machine, found " + server.getScheme(),
                    null);
        }
    }

    private HttpResponse<String> send(HttpRequest request) throws CommandException {
        try {
            HttpClient client = HttpClient.newBuilder()
                    .version(Version.HTTP_1_1)
                    .followRedirects(Redirect.NEVER)
                    .connectTimeout(CONNECT)
                    .build();
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new CommandException(Exit.UNAVAILABLE, server + " does not answer: " + e, null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException(Exit.UNAVAILABLE, "interrupted", null);
        }
    }

    private Structure object(String body) throws CommandException {
        try {
            if (JsonText.read(body) instanceof Structure object) {
                return object;
            }
        } catch (DocumentException e) {
            // told below
        }
        throw new CommandException(Exit.UNAVAILABLE, server + " is no flag server", null);
    }
}
