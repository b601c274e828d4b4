package dev.agentflags.server;

import dev.agentflags.server.http.Deadlines;
import dev.agentflags.server.http.Problem;
import dev.agentflags.server.http.Site;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The server's end of all connections. */
final class Listener {

    private static final int MAX_HEAD = 16 * 1024;
    private static final int MAX_LINE = 4 * 1024;
    private static final int BACKLOG = 4096;

    /** Longer than any deadline, and than what lies between two heartbeats. */
    private static final int IDLE_SECONDS = 90;

    private Listener() {}

    static Future<HttpServer> listen(
            Vertx vertx, FlagServerOptions options, @Nullable Certificate certificate, Site site, Deadlines deadlines) {
        HttpServer server = vertx.createHttpServer(http(certificate))
                .connectionHandler(deadlines::connected)
                .invalidRequestHandler(Listener::refuse)
                .requestHandler(site::handle);
        return server.listen(options.port, options.host);
    }

    private static HttpServerOptions http(@Nullable Certificate certificate) {
        var http = new HttpServerOptions()
                .setHttp2ClearTextEnabled(false)
                .setMaxHeaderSize(MAX_HEAD)
                .setMaxInitialLineLength(MAX_LINE)
                .setAcceptBacklog(BACKLOG)
                .setIdleTimeout(IDLE_SECONDS)
                .setIdleTimeoutUnit(TimeUnit.SECONDS);
        return certificate == null
                ? http
                : http.setSsl(true).setKeyCertOptions(certificate.options().getKeyCertOptions());
    }

    private static void refuse(HttpServerRequest request) {
        Problem problem = Problem.of(400, "expected HTTP/1.1, found something else");
        request.response()
                .setStatusCode(400)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json")
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader(HttpHeaders.CONNECTION, "close")
                .end(problem.toJson())
                .onComplete(sent -> request.connection().close());
    }
}
