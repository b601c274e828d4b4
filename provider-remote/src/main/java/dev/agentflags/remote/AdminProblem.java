package dev.agentflags.remote;

import dev.agentflags.admin.AdminException;
import dev.agentflags.admin.AdminException.Kind;
import dev.agentflags.document.DocumentException;
import dev.agentflags.document.JsonText;
import dev.agentflags.model.FlagValue.Structure;
import dev.agentflags.model.FlagValue.Text;
import dev.agentflags.remote.http.Exchange.Reply;
import org.jspecify.annotations.Nullable;

/** Makes of a server's refusal (RFC 9457) what an operation throws. */
final class AdminProblem {

    private AdminProblem() {}

    static AdminException of(Reply reply) {
        Structure problem = problem(reply.body());
        Kind kind = kind(text(problem, "kind"), reply.status());
        String detail = text(problem, "detail");
        return new AdminException(kind, detail == null ? "HTTP " + reply.status() : detail);
    }

    private static @Nullable Structure problem(String body) {
        try {
            return JsonText.read(body) instanceof Structure problem ? problem : null;
        } catch (DocumentException e) {
            return null; // a proxy's page; the status says enough
        }
    }

    private static @Nullable String text(@Nullable Structure problem, String field) {
        return problem != null && problem.fields().get(field) instanceof Text text ? text.value() : null;
    }

    /** What the server calls it; where it says nothing, or something that a later version has, it goes by the status. */
    private static Kind kind(@Nullable String name, int status) {
        for (Kind kind : Kind.values()) {
            if (kind.name().equals(name)) {
                return kind;
            }
        }
        return switch (status) {
            case 401, 403 -> Kind.FORBIDDEN;
            case 412, 428 -> Kind.CONFLICT;
            case 409 -> Kind.REFUSED;
            case 400, 413, 415, 422 -> Kind.INVALID;
            default -> Kind.UNAVAILABLE;
        };
    }
}
