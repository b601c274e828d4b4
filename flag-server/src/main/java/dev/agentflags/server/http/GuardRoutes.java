package dev.agentflags.server.http;

import dev.agentflags.model.FlagValue;
import dev.agentflags.outcome.OutcomeBatch;
import dev.agentflags.rollout.Checkpoint;
import dev.agentflags.server.access.Right;
import dev.agentflags.server.guard.CentralGuard;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** What processes report, and what the guard makes of it. Only for the event loop. */
public final class GuardRoutes implements Routes {

    /** For some thousand outcomes. */
    private static final long LIMIT = 512 * 1024;

    private static final int MAX_PROCESS = 128;

    private final CentralGuard guard;

    public GuardRoutes(CentralGuard guard) {
        this.guard = guard;
    }

    @Override
    public List<Endpoint> endpoints() {
        return List.of(
                Endpoint.of(HttpMethod.POST, "/v1/outcomes", Right.READ, this::take),
                Endpoint.show("/v1/guard", Right.AUDIT, this::show));
    }

    private void take(Call call) {
        call.answerWith(call.json(LIMIT), body -> {
            OutcomeBatch batch = batch(body);
            if (!guard.take(batch)) {
                throw Problem.retryAfter(
                        503,
                        1,
                        "the guard cannot take outcomes now: it has no room for them, or another process guards");
            }
            call.response().setStatusCode(202);
            call.answer(new JsonObject().put("outcomes", batch.outcomes().size()));
        });
    }

    private static OutcomeBatch batch(FlagValue body) {
        try {
            OutcomeBatch batch = OutcomeBatch.of(body);
            if (batch.process().isBlank() || batch.process().length() > MAX_PROCESS) {
                throw Problem.of(400, "/process: expected a name of 1 to " + MAX_PROCESS + " characters");
            }
            return batch;
        } catch (IllegalArgumentException e) {
            throw Problem.of(400, String.valueOf(e.getMessage()));
        }
    }

    private void show(Call call) {
        Future<String> reports = Future.fromCompletionStage(
                guard.reports().thenApply(Checkpoint::ofReports),
                call.context().vertx().getOrCreateContext());
        call.answerWith(reports, call::answer);
    }
}
