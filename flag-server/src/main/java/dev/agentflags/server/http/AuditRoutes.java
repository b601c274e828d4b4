package dev.agentflags.server.http;

import dev.agentflags.admin.AuditCheck;
import dev.agentflags.admin.AuditEntry;
import dev.agentflags.server.access.Right;
import dev.agentflags.server.state.Published;
import dev.agentflags.server.store.StoreWorker;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Who has done what, and who has what. Only for the event loop. */
public final class AuditRoutes implements Routes {

    private final StoreWorker worker;
    private final Supplier<Published> current;
    private final Fleet fleet;

    public AuditRoutes(StoreWorker worker, Supplier<Published> current, Fleet fleet) {
        this.worker = worker;
        this.current = current;
        this.fleet = fleet;
    }

    @Override
    public List<Endpoint> endpoints() {
        return List.of(
                Endpoint.show("/v1/audit", Right.AUDIT, this::audit),
                Endpoint.show("/v1/audit/check", Right.AUDIT, this::check),
                Endpoint.show(
                        "/admin/v1/providers",
                        Right.AUDIT,
                        call -> call.answer(fleet.toJson(current.get().serial()))));
    }

    private void audit(Call call) {
        long after = after(Query.parameter(call.request(), "after"));
        Future<String> json = Future.fromCompletionStage(
                worker.audit().thenApply(entries -> json(after(entries, after))),
                call.context().vertx().getOrCreateContext());
        call.answerWith(json, call::answer);
    }

    private void check(Call call) {
        Future<AuditCheck> check = Future.fromCompletionStage(
                worker.checkAudit(), call.context().vertx().getOrCreateContext());
        call.answerWith(
                check,
                done -> call.answer(new JsonObject()
                        .put("lines", done.lines())
                        .put("linked", done.linked())
                        .put("problem", done.problem())));
    }

    private static long after(@Nullable String parameter) {
        try {
            long after = parameter == null ? -1 : Long.parseLong(parameter);
            if (after >= -1) {
                return after;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw Problem.of(400, "after: expected a serial, found something else");
    }

    /** Entries without a serial belong to the one with a serial before them. */
    private static List<AuditEntry> after(List<AuditEntry> entries, long serial) {
        int first = 0;
        for (int i = 0; i < entries.size(); i++) {
            Long found = entries.get(i).serial();
            if (found != null && found <= serial) {
                first = i + 1;
            }
        }
        return entries.subList(first, entries.size());
    }

    private static String json(List<AuditEntry> entries) {
        return entries.stream().map(AuditEntry::toJson).collect(Collectors.joining(",", "{\"entries\":[", "]}"));
    }
}
