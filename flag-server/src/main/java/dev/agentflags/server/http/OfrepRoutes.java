package dev.agentflags.server.http;

import dev.agentflags.server.access.Gate;
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
    private final Gate gate;
    private final Ofrep ofrep;

    /**
     * Makes the routes.
     *
     * @param current what is served
     * @param gate gives the tickets with which pages listen
     * @param planAttribute the name of the context's attribute that holds the plan
     */
    public OfrepRoutes(Supplier<Published> current, Gate gate, String planAttribute) {
        this.current = current;
        this.gate = gate;
        byte[] etagKey = new byte[ETAG_KEY_BYTES];
        new SecureRandom().nextBytes(etagKey);
        this.ofrep = new Ofrep(etagKey, planAttribute);
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
        answer(call, StreamRoutes.PATH, (audience, body) -> ofrep.evaluate(audience, key, body));
    }

    private void all(Call call) {
        String ticket = gate.ticket(call.caller());
        String stream =
                ticket == null ? StreamRoutes.PATH : StreamRoutes.PATH + "?" + StreamRoutes.TICKET + "=" + ticket;
        String ifNoneMatch = ticket == null || isListening(call) ? call.header(HttpHeaders.IF_NONE_MATCH) : null;
        answer(call, stream, (audience, body) -> ofrep.evaluateAll(audience, body, ifNoneMatch));
    }

    /**
     * Whether it was an event that made somebody ask, who therefore needs no ticket. Anybody else may ask because their ticket has
     * expired, and there is none in a 304.
     */
    private static boolean isListening(Call call) {
        return Query.parameter(call.request(), "flagConfigEtag") != null
                || Query.parameter(call.request(), "flagConfigLastModified") != null;
    }

    private void answer(Call call, String stream, BiFunction<Audience, byte[], OfrepAnswer> evaluation) {
        Future<OfrepAnswer> answer = call.body(Ofrep.MAX_BYTES).map(body -> {
            Published published = current.get();
            var audience = new Audience(published.snapshot(), published.etag(), "all", key -> true, stream);
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
