package dev.agentflags.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Has what a server has, below {@code /flags/}, and nothing elsewhere. Passes on what is read, not what is changed. */
final class PrefixProxy implements AutoCloseable {

    private static final String PREFIX = "/flags";
    private static final List<String> ASKED =
            List.of("Authorization", "Accept-Encoding", "If-None-Match", "Flags-Client");
    private static final List<String> ANSWERED =
            List.of("Content-Type", "Content-Encoding", "Content-Digest", "ETag", "Link");

    private final URI server;
    private final HttpServer proxy;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    PrefixProxy(URI server) throws IOException {
        this.server = server;
        proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        proxy.setExecutor(threads);
        proxy.createContext(PREFIX + "/", this::pass);
        proxy.start();
    }

    /** Returns where something of the server's is. */
    String url(String path) {
        return "http://127.0.0.1:" + proxy.getAddress().getPort() + PREFIX + path;
    }

    private void pass(HttpExchange exchange) throws IOException {
        try (exchange;
                InputStream body = answer(exchange).body()) {
            byte[] buffer = new byte[8192];
            for (int length = body.read(buffer); length >= 0; length = body.read(buffer)) {
                exchange.getResponseBody().write(buffer, 0, length);
                exchange.getResponseBody().flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpResponse<InputStream> answer(HttpExchange exchange) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(
                server.resolve(exchange.getRequestURI().toString().substring(PREFIX.length())));
        for (String name : ASKED) {
            exchange.getRequestHeaders().getOrDefault(name, List.of()).forEach(value -> request.header(name, value));
        }
        HttpResponse<InputStream> response = client.send(request.build(), BodyHandlers.ofInputStream());
        for (String name : ANSWERED) {
            response.headers()
                    .firstValue(name)
                    .ifPresent(value -> exchange.getResponseHeaders().set(name, value));
        }
        exchange.sendResponseHeaders(response.statusCode(), response.statusCode() == 304 ? -1 : 0);
        return response;
    }

    @Override
    public void close() {
        proxy.stop(0);
        threads.shutdownNow();
    }
}
