package dev.agentflags.server.http;

import dev.agentflags.server.access.Right;
import dev.agentflags.server.ofrep.Audience;
import dev.agentflags.server.ofrep.Ofrep;
import dev.agentflags.server.ofrep.OfrepAnswer;
import dev.agentflags.server.state.Published;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import java.security.SecureRandom;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** Evaluations for those who cannot evaluate themselves. Only for the event loop. */
public final class OfrepRoutes implements Routes {

    private static final String ALL = "/ofrep/v1/evaluate/flags";
    private static final String ONE = ALL + "/:key";
    private static final int ETAG_KEY_BYTES = 32;

    private final Supplier<Published> current;
    private final Ofrep ofrep;

    /**
     * Makes the routes.
     *
     * @param current what is served
     * @param planAttribute the name of the context's attribute that holds the plan
     */
    public OfrepRoutes(Supplier<Published> current, String planAttribute) {
        this.current = current;
        byte[] etagKey = new byte[ETAG_KEY_BYTES];
        new SecureRandom().nextBytes(etagKey);
        this.ofrep = new Ofrep(etagKey, planAttribute, StreamRoutes.PATH);
    }

    @Override
    public List<Endpoint> endpoints() {
        return List.of(
                Endpoint.of(HttpMethod.POST, ONE, Right.READ, this::one),
                Endpoint.of(HttpMethod.POST, ALL, Right.READ, this::all),
                Endpoint.of(HttpMethod.OPTIONS, ONE, null, OfrepRoutes::preflight),
                Endpoint.of(HttpMethod.OPTIONS, ALL, null, OfrepRoutes::preflight),
                Endpoint.of(HttpMethod.OPTIONS, StreamRoutes.PATH, null, OfrepRoutes::preflight));
    }

    /** A browser asks whether it may ask; the entrance has said to whom that is allowed. */
    private static void preflight(Call call) {
        call.response()
                .setStatusCode(204)
                .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, "GET, POST, OPTIONS")
                .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, "Authorization, Content-Type, If-None-Match")
                .putHeader(HttpHeaders.ACCESS_CONTROL_MAX_AGE, "600")
                .end();
    }

    private void one(Call call) {
        String key = Objects.requireNonNullElse(call.context().pathParam("key"), "");
        answer(call, (audience, body) -> ofrep.evaluate(audience, key, body));
    }

    private void all(Call call) {
        String ifNoneMatch = call.header(HttpHeaders.IF_NONE_MATCH);
        answer(call, (audience, body) -> ofrep.evaluateAll(audience, body, ifNoneMatch));
    }

    private void answer(Call call, BiFunction<Audience, byte[], OfrepAnswer> evaluation) {
        Future<OfrepAnswer> answer = call.body(Ofrep.MAX_BYTES).map(body -> {
            Published published = current.get();
            var audience = new Audience(published.snapshot(), published.etag(), "all", key -> true);
            return evaluation.apply(audience, body.getBytes());
        });
        call.answerWith(answer, done -> send(call, done));
    }

    private static void send(Call call, OfrepAnswer answer) {
        call.response().setStatusCode(answer.status());
        if (answer.etag() != null) {
            call.response().putHeader(HttpHeaders.ETAG, answer.etag());
        }
        if (answer.status() == 304) {
            call.response().end();
        } else {
            call.answer(answer.json());
        }
    }
}
