package dev.agentflags.server.http;

import dev.agentflags.admin.AdminException;
import dev.agentflags.server.access.Caller;
import dev.agentflags.server.access.DeniedException;
import dev.agentflags.server.access.Gate;
import dev.agentflags.server.access.Right;
import dev.agentflags.server.metrics.Metrics;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All routes behind one entrance. Only for the event loop. */
public final class Site {

    private static final Logger LOG = LoggerFactory.getLogger(Site.class);

    /** How long what is left of a request that was refused is read and dropped, so that its sender sees why. */
    private static final long LINGER_MS = 1000;

    private static final int LOCKED_OUT_SECONDS = 60;
    private static final String NO_ROUTE = "none";
    private static final String ROUTE = "agentflags.route";

    private final Vertx vertx;
    private final Entrance entrance;
    private final Gate gate;
    private final Refusals refusals;
    private final Metrics metrics;
    private final Deadlines deadlines;
    private final Router router;
    private final IdentityHashMap<HttpServerResponse, Ending> endings = new IdentityHashMap<>();

    public Site(
            Vertx vertx,
            Entrance entrance,
            Gate gate,
            Refusals refusals,
            Metrics metrics,
            Deadlines deadlines,
            List<Routes> groups) {
        this.vertx = vertx;
        this.entrance = entrance;
        this.gate = gate;
        this.refusals = refusals;
        this.metrics = metrics;
        this.deadlines = deadlines;
        this.router = Router.router(vertx);
        List<Endpoint> endpoints =
                groups.stream().flatMap(group -> group.endpoints().stream()).toList();
        router.route().handler(this::enter).failureHandler(this::fail);
        endpoints.forEach(this::mount);
        allowed(endpoints).forEach(this::refuseOtherMethods);
        router.route().handler(context -> context.fail(Problem.of(404, "there is nothing here")));
    }

    private void mount(Endpoint endpoint) {
        for (HttpMethod method : endpoint.methods()) {
            router.route(method, endpoint.path()).handler(context -> serve(endpoint, context));
        }
    }

    private static Map<String, String> allowed(List<Endpoint> endpoints) {
        Map<String, TreeSet<String>> methods = new LinkedHashMap<>();
        endpoints.forEach(endpoint -> endpoint.methods()
                .forEach(method -> methods.computeIfAbsent(endpoint.path(), path -> new TreeSet<>())
                        .add(method.name())));
        return methods.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> String.join(", ", entry.getValue())));
    }

    private void refuseOtherMethods(String path, String allowed) {
        router.route(path).handler(context -> {
            context.response().putHeader(HttpHeaders.ALLOW, allowed);
            context.fail(Problem.of(405, "expected one of " + allowed));
        });
    }

    /** Answers a request. */
    public void handle(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        response.putHeader("X-Content-Type-Options", "nosniff");
        Ending ending = Ending.of(response);
        endings.put(response, ending);
        ending.add(() -> endings.remove(response));
        deadlines.begun(request);
        ending.add(() -> deadlines.answered(request.connection()));
        Problem problem = entrance.check(request);
        if (problem == null) {
            router.handle(request);
        } else {
            metrics.answered(NO_ROUTE, problem.status());
            refuse(request, problem);
        }
    }

    private void enter(RoutingContext context) {
        HttpServerResponse response = context.response();
        ending(response)
                .add(() -> metrics.answered(
                        Objects.requireNonNullElse(context.get(ROUTE), NO_ROUTE), response.getStatusCode()));
        welcome(context.request());
        context.next();
    }

    /** Lets a page of another site see the answer, whatever it is, where the entrance has let it in. */
    private void welcome(HttpServerRequest request) {
        String guest = entrance.guest(request);
        if (guest != null) {
            request.response()
                    .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, guest)
                    .putHeader(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, "ETag, Retry-After")
                    .putHeader(HttpHeaders.VARY, "Origin");
        }
    }

    private Ending ending(HttpServerResponse response) {
        return Objects.requireNonNull(endings.get(response), "a response that has not ended");
    }

    private void serve(Endpoint endpoint, RoutingContext context) {
        context.put(ROUTE, endpoint.path());
        Right right = endpoint.right();
        Caller caller = right == null ? Gate.STRANGER : admit(context, right);
        var call = new Call(
                context,
                caller,
                ending(context.response()),
                why -> refusals.add(caller.name(), endpoint, context.pathParam("key"), why));
        if (right != null && !caller.may(right)) {
            refuse(call, right);
        }
        endpoint.handler().accept(call);
    }

    private Caller admit(RoutingContext context, Right right) {
        HttpServerRequest request = context.request();
        try {
            String source = request.remoteAddress().hostAddress();
            String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
            String ticket = right == Right.LISTEN ? Query.parameter(request, StreamRoutes.TICKET) : null;
            return ticket == null || authorization != null
                    ? gate.admit(authorization, source)
                    : gate.admitWithTicket(ticket, source);
        } catch (DeniedException e) {
            metrics.refused(e.isLockedOut() ? "locked-out" : "unauthorized");
            if (e.isLockedOut()) {
                throw Problem.retryAfter(429, LOCKED_OUT_SECONDS, String.valueOf(e.getMessage()));
            }
            context.response().putHeader("WWW-Authenticate", "Bearer realm=\"agentflags\"");
            throw Problem.of(401, String.valueOf(e.getMessage()));
        }
    }

    private void refuse(Call call, Right right) {
        metrics.refused("forbidden");
        if (right.isToChange()) {
            call.refused("the token has no right to " + right);
        }
        throw Problem.of(403, "this token gives no right to " + right);
    }

    private void fail(RoutingContext context) {
        refuse(context.request(), problem(context.failure(), context.statusCode()));
    }

    private void refuse(HttpServerRequest request, Problem problem) {
        HttpServerResponse response = request.response();
        if (response.headWritten()) {
            response.reset();
            return;
        }
        if (problem.retryAfter() != null) {
            response.putHeader(HttpHeaders.RETRY_AFTER, problem.retryAfter());
        }
        boolean unread = hasBody(request) && !request.isEnded();
        if (unread) {
            response.putHeader(HttpHeaders.CONNECTION, "close");
        }
        Buffer json = Buffer.buffer(problem.toJson());
        response.setStatusCode(problem.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(json.length()));
        if (request.method().equals(HttpMethod.HEAD)) {
            response.end();
        } else {
            response.end(json);
        }
        if (unread) {
            linger(request);
        }
    }

    private static boolean hasBody(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null || (length != null && !length.equals("0"));
    }

    private void linger(HttpServerRequest request) {
        request.handler(dropped -> {});
        request.endHandler(complete -> request.connection().close());
        request.resume();
        vertx.setTimer(LINGER_MS, late -> request.connection().close());
    }

    private static Problem problem(@Nullable Throwable failure, int status) {
        if (failure instanceof Problem problem) {
            return problem;
        }
        if (failure instanceof AdminException e) {
            return Problem.of(e);
        }
        if (failure instanceof CompletionException e) {
            return problem(e.getCause(), status);
        }
        if (failure == null && status > 0) {
            return Problem.of(status, HttpResponseStatus.valueOf(status).reasonPhrase());
        }
        LOG.warn("a request failed for a reason that nobody expected", failure);
        return Problem.of(500, "a bug in this server, see its log");
    }
}
