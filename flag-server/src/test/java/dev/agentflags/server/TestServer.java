package dev.agentflags.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.agentflags.openfeature.Eventually;
import dev.agentflags.server.access.Scope;
import dev.agentflags.server.access.TokenFile;
import dev.agentflags.server.store.FileFlagStore;
import dev.agentflags.server.store.FlagStore;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A server in this process, and clients of it. */
final class TestServer implements AutoCloseable {

    static final String FLAGS = """
            {
              "version": 1,
              "lineage": "l",
              "serial": 7,
              "flags": {
                "a": { "status": "percentage", "percentage": 5 },
                "b": { "status": "on" }
              }
            }
            """;

    private static final Pattern LENGTH = Pattern.compile("content-length: (\\d+)");

    private final FlagServer server;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private @Nullable String token;

    private TestServer(FlagServer server) {
        this.server = server;
    }

    /** Starts a server of these flags in this directory, without tokens. */
    static TestServer start(Path directory, String flags) {
        return start(file(directory, flags), options -> {});
    }

    static FlagStore file(Path directory, String flags) {
        try {
            Path file = directory.resolve("flags.json");
            Files.writeString(file, flags);
            return FileFlagStore.of(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static TestServer start(FlagStore store, Consumer<FlagServerOptions.Builder> more) {
        var options = FlagServerOptions.builder(store).port(0);
        more.accept(options);
        try {
            return new TestServer(FlagServer.start(options.build()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes a token that never ends, in {@code tokens.json} of this directory. */
    static String token(Path directory, String name, @Nullable Set<String> flags, Scope... scopes) {
        try {
            return TokenFile.of(directory.resolve("tokens.json"))
                    .create(name, Set.of(scopes), flags, Instant.parse("2026-11-22T12:00:00Z"), null)
                    .secret();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    FlagServer server() {
        return server;
    }

    URI uri(String path) {
        return server.uri().resolve(path);
    }

    /** Sends this token with every request from now on. */
    TestServer as(@Nullable String token) {
        this.token = token;
        return this;
    }

    HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(20));
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        return send(request, BodyHandlers.ofString());
    }

    <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> body) {
        try {
            return client.send(request.build(), body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    HttpResponse<String> get(String path) {
        return send(request(path));
    }

    HttpRequest.Builder json(String method, String path, String body) {
        return request(path).header("Content-Type", "application/json").method(method, BodyPublishers.ofString(body));
    }

    /** Changes something, whatever the document is. */
    HttpResponse<String> change(String method, String path, String body) {
        return send(json(method, path, body).header("If-Match", "*"));
    }

    HttpResponse<String> activate(String key) {
        return send(json("POST", "/admin/v1/kill-switches/" + key + "/activate", "{\"reason\": \"r\"}"));
    }

    HttpResponse<String> deactivate(String key) {
        return change("POST", "/admin/v1/kill-switches/" + key + "/deactivate", "{\"reason\": \"r\"}");
    }

    HttpResponse<String> put(String key, String flag) {
        return change("PUT", "/admin/v1/flags/" + key, "{\"reason\": \"r\", \"flag\": " + flag + "}");
    }

    /** Opens a stream and returns when its first event is there. */
    Stream stream() {
        return stream(request("/ofrep/v1/sse"));
    }

    Stream stream(HttpRequest.Builder request) {
        var stream = new Stream(send(request, BodyHandlers.ofInputStream()));
        stream.await(lines -> lines.stream().anyMatch(line -> line.startsWith("data:")));
        return stream;
    }

    /** What a stream has said so far. */
    static final class Stream implements AutoCloseable {

        private final HttpResponse<InputStream> response;
        private final List<String> lines = new ArrayList<>();
        private int events;
        private volatile boolean ended;

        private Stream(HttpResponse<InputStream> response) {
            this.response = response;
            var thread = new Thread(this::read, "test-stream");
            thread.setDaemon(true);
            thread.start();
        }

        private void read() {
            try (var reader = new BufferedReader(new InputStreamReader(response.body(), UTF_8))) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    add(line);
                }
            } catch (IOException e) {
                // it has ended, which is all that is asked
            }
            ended = true;
        }

        private synchronized void add(String line) {
            lines.add(line);
            events += line.startsWith("data:") ? 1 : 0;
        }

        HttpResponse<InputStream> response() {
            return response;
        }

        synchronized List<String> lines() {
            return List.copyOf(lines);
        }

        List<String> events() {
            return lines().stream().filter(line -> line.startsWith("data:")).toList();
        }

        private synchronized boolean hasEvents(int count) {
            return events >= count;
        }

        boolean hasEnded() {
            return ended;
        }

        void await(Predicate<List<String>> condition) {
            Eventually.until(() -> condition.test(lines()));
        }

        void awaitEvents(int count) {
            Eventually.until(() -> hasEvents(count));
        }

        @Override
        public void close() throws IOException {
            response.body().close();
        }
    }

    /** Sends bytes as they are, and returns the answer; and all of what comes after it where the server says that it closes. */
    String raw(String text) {
        return raw(text, 1);
    }

    /** Sends bytes as they are, and returns so many answers. */
    String raw(String text, int answers) {
        try (var socket = socket()) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write(text.replace("\n", "\r\n").getBytes(UTF_8));
            return read(socket, text.startsWith("HEAD "), answers);
        } catch (IOException e) {
            return "reset: " + e;
        }
    }

    private static String read(Socket socket, boolean headOnly, int answers) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try {
            while (!isComplete(bytes.toString(UTF_8), headOnly, answers)) {
                int next = socket.getInputStream().read();
                if (next < 0) {
                    return bytes.toString(UTF_8) + "<closed>";
                }
                bytes.write(next);
            }
        } catch (SocketTimeoutException e) {
            // that is all
        }
        return bytes.toString(UTF_8);
    }

    private static boolean isComplete(String text, boolean headOnly, int answers) {
        String rest = text;
        for (int i = 0; i < answers; i++) {
            int end = rest.indexOf("\r\n\r\n");
            String head = end < 0 ? "" : rest.substring(0, end).toLowerCase(Locale.ROOT);
            Matcher length = LENGTH.matcher(head);
            boolean isContinue = head.startsWith("http/1.1 100 ");
            if (end < 0 || head.contains("connection: close") || (!isContinue && !length.find())) {
                return false;
            }
            int body = headOnly || isContinue ? 0 : Integer.parseInt(length.group(1));
            if (rest.length() < end + 4 + body) {
                return false;
            }
            rest = rest.substring(end + 4 + body);
        }
        return true;
    }

    Socket socket() throws IOException {
        return new Socket(server.uri().getHost(), server.uri().getPort());
    }

    @Override
    public void close() {
        server.close();
    }
}
