package dev.agentflags.server.http;

import dev.agentflags.admin.AdminException;
import dev.agentflags.admin.AuditEntry;
import dev.agentflags.admin.Operation;
import dev.agentflags.admin.Outcome;
import dev.agentflags.server.alert.AlertDesk;
import dev.agentflags.server.alert.AlertPolicy;
import dev.agentflags.server.alert.Authenticity;
import dev.agentflags.server.alert.Decision;
import dev.agentflags.server.alert.Payload;
import dev.agentflags.server.alert.PayloadException;
import dev.agentflags.server.alert.Receiver;
import dev.agentflags.server.alert.Verdict;
import dev.agentflags.server.metrics.Metrics;
import dev.agentflags.server.state.Published;
import dev.agentflags.server.store.StoreWorker;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Alerts that kill. Answers 200 only where everything is done and durable, and 503 where the same should be sent again: those who
 * send alerts repeat that soon, and anything else late or never. Only for the event loop.
 */
public final class AlertRoutes implements Routes {

    private static final Logger LOG = LoggerFactory.getLogger(AlertRoutes.class);
    private static final long STORE_TIMEOUT_SECONDS = 8;

    private final AlertDesk desk;
    private final AlertPolicy policy;
    private final StoreWorker worker;
    private final Supplier<Published> current;
    private final Metrics metrics;
    private final Clock clock;

    public AlertRoutes(
            AlertDesk desk,
            AlertPolicy policy,
            StoreWorker worker,
            Supplier<Published> current,
            Metrics metrics,
            Clock clock) {
        this.desk = desk;
        this.policy = policy;
        this.worker = worker;
        this.current = current;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Whoever sends an alert proves it to the receiver, each in its own way; tokens of the API count for nothing here. */
    @Override
    public List<Endpoint> endpoints() {
        return List.of(Endpoint.of(HttpMethod.POST, "/hooks/v1/:receiver", null, this::receive));
    }

    private void receive(Call call) {
        AlertDesk.Open open = desk.named(String.valueOf(call.context().pathParam("receiver")));
        if (open == null) {
            throw Problem.of(404, "there is no such receiver of alerts");
        }
        Future<List<Result>> results =
                call.body(Payload.MAX_BYTES).compose(body -> received(call, open, body.getBytes()));
        call.answerWith(results, done -> answer(call, open.receiver(), done));
    }

    /** Everything about the request itself is decided before the first change is begun. */
    private Future<List<Result>> received(Call call, AlertDesk.Open open, byte[] body) {
        Receiver receiver = open.receiver();
        Authenticity authenticity =
                Authenticity.of(receiver, open.secrets(), name -> call.header(name), body, clock.instant());
        if (authenticity.refusal() != null) {
            metrics.refused("alert-unauthorized");
            throw Problem.of(401, authenticity.refusal());
        }
        if (policy.isReplay(receiver, authenticity)) {
            metrics.refused("alert-replayed");
            throw Problem.of(409, "this very request was taken before");
        }
        List<Decision> decisions = policy.decide(receiver, payload(receiver, body), keys());
        List<Future<Result>> futures =
                decisions.stream().map(decision -> carryOut(call, decision)).toList();
        return Future.join(futures)
                .transform(joined -> Future.succeededFuture(
                        futures.stream().map(Future::result).toList()))
                .onSuccess(results -> {
                    if (results.stream().noneMatch(Result::again)) {
                        policy.taken(receiver, authenticity);
                    }
                });
    }

    private static Payload payload(Receiver receiver, byte[] body) {
        try {
            Payload payload = Payload.read(receiver, body);
            if (payload.truncated() > 0) {
                LOG.warn("{}: {} alerts were left out of a request", receiver.actor(), payload.truncated());
            }
            if (payload.unlabelled()) {
                throw Problem.of(422, "expected the label " + Payload.LABEL + " on an alert: it names the flag");
            }
            return payload;
        } catch (PayloadException e) {
            throw Problem.of(400, String.valueOf(e.getMessage()));
        }
    }

    private Set<String> keys() {
        return current.get().snapshot().ruleset().flags().keySet();
    }

    /**
     * What one alert came to.
     *
     * @param word for it
     * @param outcome of the change, or null where there was none
     * @param again whether it should be sent again
     */
    private record Result(
            Decision decision, String word, @Nullable Outcome outcome, boolean again) {}

    private Future<Result> carryOut(Call call, Decision decision) {
        Operation operation = decision.operation();
        if (operation == null) {
            return record(call, decision);
        }
        return store(call, worker.apply(operation, null, decision.receiver().actor()))
                .map(applied -> done(decision, applied.outcome()))
                .otherwise(e -> failed(decision, e));
    }

    private static <T> Future<T> store(Call call, CompletionStage<T> change) {
        return Future.fromCompletionStage(change, call.context().vertx().getOrCreateContext())
                .timeout(STORE_TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    private Result done(Decision decision, @Nullable Outcome outcome) {
        policy.done(decision);
        return result(decision, decision.verdict().toString(), outcome, false);
    }

    private Result failed(Decision decision, Throwable e) {
        boolean refused = e instanceof AdminException admin && admin.kind() != AdminException.Kind.UNAVAILABLE;
        LOG.warn(
                "{}: \"{}\" is not done, {}: {}",
                decision.receiver().actor(),
                decision.key(),
                refused ? "and will not be" : "it should be sent again",
                e.getMessage());
        return result(decision, refused ? "refused" : "unavailable", null, !refused);
    }

    private Result result(Decision decision, String word, @Nullable Outcome outcome, boolean again) {
        metrics.alert(decision.receiver().name(), word);
        return new Result(decision, word, outcome, again);
    }

    private Future<Result> record(Call call, Decision decision) {
        AuditEntry entry = decision.entry(clock.instant().truncatedTo(ChronoUnit.MILLIS));
        if (entry == null || policy.isRecorded(decision)) {
            return Future.succeededFuture(result(decision, decision.verdict().toString(), null, false));
        }
        warn(decision);
        return store(call, worker.recorded(entry))
                .map(recorded -> done(decision, null))
                .otherwise(e -> failed(decision, e));
    }

    private static void warn(Decision decision) {
        if (decision.verdict() == Verdict.LIMITED) {
            LOG.error(
                    "{}: has killed {} flags within an hour, and \"{}\" is not killed; look whether it is well",
                    decision.receiver().actor(),
                    decision.receiver().maxSwitchesPerHour(),
                    decision.key());
        }
    }

    private static void answer(Call call, Receiver receiver, List<Result> results) {
        var list = new JsonArray();
        results.forEach(result -> {
            var json = new JsonObject().put("flag", result.decision().key()).put("result", result.word());
            Outcome outcome = result.outcome();
            list.add(
                    outcome == null
                            ? json
                            : json.put("changed", outcome.changed()).put("serial", outcome.serial()));
        });
        call.response().setStatusCode(status(receiver, results));
        call.answer(new JsonObject().put("results", list));
    }

    /** PagerDuty tells of services that stand for no flag, too, and stops telling of any when it is refused too often. */
    private static boolean isMistaken(Receiver receiver, Decision decision) {
        boolean isOther = receiver.kind() == Receiver.Kind.PAGERDUTY && decision.key() == null;
        return decision.verdict() == Verdict.LIMITED || (decision.verdict() == Verdict.UNKNOWN && !isOther);
    }

    /** The most important of what there is to say: to send it again, that the receiver must not, that there is a mistake. */
    private static int status(Receiver receiver, List<Result> results) {
        if (results.stream().anyMatch(Result::again)) {
            return 503;
        }
        List<Verdict> verdicts = new ArrayList<>(
                results.stream().map(result -> result.decision().verdict()).toList());
        if (verdicts.contains(Verdict.FORBIDDEN)) {
            return 403;
        }
        boolean isMistaken =
                results.stream().map(Result::decision).anyMatch(decision -> isMistaken(receiver, decision));
        return isMistaken ? 422 : 200;
    }
}
