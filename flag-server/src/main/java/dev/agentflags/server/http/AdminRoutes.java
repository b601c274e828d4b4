package dev.agentflags.server.http;

import dev.agentflags.admin.AdminException;
import dev.agentflags.admin.Operation;
import dev.agentflags.admin.Outcome;
import dev.agentflags.model.FlagValue;
import dev.agentflags.model.FlagValue.Structure;
import dev.agentflags.model.FlagValue.Text;
import dev.agentflags.server.access.Caller;
import dev.agentflags.server.access.Right;
import dev.agentflags.server.metrics.Metrics;
import dev.agentflags.server.store.Applied;
import dev.agentflags.server.store.StoreWorker;
import dev.agentflags.server.stream.Subscribers;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Changing flags. Only for the event loop. */
public final class AdminRoutes implements Routes {

    /** For a reason and a name. */
    static final long SMALL = 1024 * 1024;

    /** For a definition, which cannot be longer than a document. */
    static final long LARGE = 8 * 1024 * 1024;

    private static final int MAX_ACTOR = 128;
    private static final long STORE_TIMEOUT_SECONDS = 15;

    private final StoreWorker worker;
    private final Subscribers subscribers;
    private final Metrics metrics;

    public AdminRoutes(StoreWorker worker, Subscribers subscribers, Metrics metrics) {
        this.worker = worker;
        this.subscribers = subscribers;
        this.metrics = metrics;
    }

    @Override
    public List<Endpoint> endpoints() {
        return List.of(
                Endpoint.of(HttpMethod.POST, "/admin/v1/kill-switches/:key/activate", Right.KILL, this::activate),
                Endpoint.of(HttpMethod.POST, "/admin/v1/kill-switches/:key/deactivate", Right.REVIVE, this::deactivate),
                Endpoint.of(HttpMethod.POST, "/admin/v1/rollouts/:key/advance", Right.OPERATE, this::advance),
                Endpoint.of(HttpMethod.POST, "/admin/v1/rollouts/:key/roll-back", Right.OPERATE, this::rollBack),
                Endpoint.of(HttpMethod.POST, "/admin/v1/rollouts/:key/pause", Right.KILL, this::pause),
                Endpoint.of(HttpMethod.PUT, "/admin/v1/flags/:key", Right.OPERATE, this::put),
                Endpoint.of(HttpMethod.DELETE, "/admin/v1/flags/:key", Right.OPERATE, this::remove));
    }

    private void activate(Call call) {
        change(
                call,
                call.keyOrAll(),
                null,
                SMALL,
                false,
                (key, change) -> key.equals(Caller.ALL)
                        ? new Operation.KillAll(change.reason())
                        : new Operation.Kill(key, change.reason()));
    }

    private void deactivate(Call call) {
        change(
                call,
                call.keyOrAll(),
                ifMatch(call),
                SMALL,
                false,
                (key, change) -> key.equals(Caller.ALL)
                        ? new Operation.ReviveAll(change.reason())
                        : new Operation.Revive(key, change.reason()));
    }

    private void advance(Call call) {
        changeOne(call, Operation.Advance::new);
    }

    private void rollBack(Call call) {
        changeOne(call, Operation.RollBack::new);
    }

    /** As with a kill, whoever is in a hurry need not know which document there is. */
    private void pause(Call call) {
        change(call, call.key(), null, SMALL, false, (key, change) -> new Operation.Pause(key, change.reason()));
    }

    private void put(Call call) {
        change(
                call,
                call.key(),
                ifMatch(call),
                LARGE,
                true,
                (key, change) -> new Operation.Put(key, change.flag(), change.reason()));
    }

    private void remove(Call call) {
        changeOne(call, Operation.Remove::new);
    }

    /** Returns the ETags of which the document must have one, or null where it may have any. */
    private static @Nullable Set<String> ifMatch(Call call) {
        String header = call.header(HttpHeaders.IF_MATCH);
        if (header == null) {
            throw Problem.of(428, "expected If-Match: the ETag of the document that this was decided on, or * for any");
        }
        Set<String> etags = Etags.of(header);
        if (etags.isEmpty()) {
            throw Problem.of(400, "If-Match: expected an ETag or *, found nothing");
        }
        return etags.contains(Etags.ANY) ? null : etags;
    }

    /** Makes an operation of what was sent. */
    private interface Meaning {
        Operation of(String key, ChangeBody change);
    }

    /** Does something to one flag for which it takes no more than a reason. */
    private void changeOne(Call call, BiFunction<String, String, Operation> meaning) {
        change(call, call.key(), ifMatch(call), SMALL, false, (key, change) -> meaning.apply(key, change.reason()));
    }

    private void change(
            Call call, String key, @Nullable Set<String> ifMatch, long limit, boolean withFlag, Meaning meaning) {
        requireOnList(call, key);
        Future<Applied> applied = call.json(limit).compose(body -> {
            ChangeBody change = ChangeBody.of(body, withFlag);
            return apply(call, meaning.of(key, change), ifMatch, actor(call.caller(), change.actor()));
        });
        call.answerWith(applied, done -> answer(call, done));
    }

    private void requireOnList(Call call, String key) {
        Caller caller = call.caller();
        if (!caller.mayChange(key)) {
            call.refused("the flag is not on the token's list");
            throw Problem.of(403, "this token is not for this flag");
        }
    }

    private Future<Applied> apply(Call call, Operation operation, @Nullable Set<String> ifMatch, String actor) {
        long start = System.nanoTime();
        return Future.fromCompletionStage(
                        worker.apply(operation, ifMatch, actor),
                        call.context().vertx().getOrCreateContext())
                .onComplete(result -> metrics.changed(
                        operation.name(), Duration.ofNanos(System.nanoTime() - start), kind(result.cause())))
                .timeout(STORE_TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .recover(e -> Future.failedFuture(
                        e instanceof TimeoutException
                                ? Problem.of(503, "the store does not answer; the change may still be done")
                                : e));
    }

    private static AdminException.@Nullable Kind kind(@Nullable Throwable failure) {
        if (failure == null) {
            return null;
        }
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof AdminException e ? e.kind() : AdminException.Kind.UNAVAILABLE;
    }

    /** A token's name is certain, what a body says is not. */
    private static String actor(Caller caller, @Nullable String said) {
        return said == null ? caller.name() : said + " (" + caller.name() + ")";
    }

    private void answer(Call call, Applied applied) {
        Outcome outcome = applied.outcome();
        call.response().putHeader(HttpHeaders.ETAG, outcome.version());
        call.answer(new JsonObject()
                .put("changed", outcome.changed())
                .put("serial", outcome.serial())
                .put("etag", outcome.version())
                .put("summary", outcome.summary())
                .put("subscribers", subscribers.size())
                .put("replicated", applied.replicated()));
    }

    /**
     * What a body says.
     *
     * @param flag the definition; {@code null} in JSON where none is wanted
     * @param actor who it says it is from, or null
     */
    private record ChangeBody(
            FlagValue flag, String reason, @Nullable String actor) {

        static ChangeBody of(Structure body, boolean withFlag) {
            Set<String> known = withFlag ? Set.of("flag", "reason", "actor") : Set.of("reason", "actor");
            for (String name : body.fields().keySet()) {
                if (!known.contains(name)) {
                    throw Problem.of(400, "expected " + known + " in the body, found something else beside them");
                }
            }
            FlagValue flag = body.fields().getOrDefault("flag", new FlagValue.Null());
            if (withFlag && flag instanceof FlagValue.Null) {
                throw Problem.of(400, "/flag: expected a definition");
            }
            String reason = text(body, "reason");
            if (reason == null) {
                throw Problem.of(400, "/reason: expected a string that is not empty");
            }
            return new ChangeBody(flag, reason, text(body, "actor"));
        }

        private static @Nullable String text(Structure body, String name) {
            FlagValue value = body.fields().get(name);
            if (value == null || value instanceof FlagValue.Null) {
                return null;
            }
            if (!(value instanceof Text text)) {
                throw Problem.of(400, "/" + name + ": expected a string");
            }
            String stripped = text.value().replaceAll("\\p{Cntrl}+", " ").strip();
            String shown =
                    name.equals("actor") && stripped.length() > MAX_ACTOR ? stripped.substring(0, MAX_ACTOR) : stripped;
            return shown.isEmpty() ? null : shown;
        }
    }
}
