package dev.agentflags.remote;

import dev.agentflags.admin.AdminException;
import dev.agentflags.admin.AdminException.Kind;
import dev.agentflags.admin.AuditEntry;
import dev.agentflags.admin.FlagAdmin;
import dev.agentflags.admin.Operation;
import dev.agentflags.admin.Outcome;
import dev.agentflags.admin.Stored;
import dev.agentflags.document.DocumentException;
import dev.agentflags.document.JsonText;
import dev.agentflags.model.FlagValue.Bool;
import dev.agentflags.model.FlagValue.Structure;
import dev.agentflags.model.FlagValue.Text;
import dev.agentflags.model.FlagValue.Whole;
import dev.agentflags.remote.http.Exchange;
import dev.agentflags.remote.http.Exchange.Reply;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Changes flags through the admin API of a flag server. Safe for use by many threads. */
final class RemoteFlagAdmin implements FlagAdmin {

    private static final int OK = 200;
    private static final String AUDIT = "/v1/audit";

    private final Exchange exchange;
    private final String actor;

    /**
     * Makes an admin.
     *
     * @param actor who is written into the audit trail, beside the token's name
     */
    RemoteFlagAdmin(Exchange exchange, String actor) {
        this.exchange = exchange;
        this.actor = actor;
    }

    @Override
    public Outcome apply(Operation operation, @Nullable String ifVersion) throws AdminException {
        AdminRequest request = AdminRequest.of(operation, actor);
        String ifMatch = operation.isKill() ? null : ifVersion == null ? "*" : ifVersion;
        Reply reply = send(request.method(), request.path(), request.body(), ifMatch);
        Structure answer = object(reply.body());
        if (reply.etag() == null && !(answer.fields().get("etag") instanceof Text)) {
            throw notUnderstood();
        }
        return new Outcome(
                !new Bool(false).equals(answer.fields().get("changed")),
                answer.fields().get("serial") instanceof Whole serial ? serial.value() : null,
                answer.fields().get("etag") instanceof Text etag ? etag.value() : String.valueOf(reply.etag()),
                answer.fields().get("summary") instanceof Text summary ? summary.value() : "done");
    }

    @Override
    public Stored document() throws AdminException {
        Reply reply;
        try {
            reply = exchange.document();
        } catch (IOException e) {
            throw unavailable(e);
        }
        requireOk(reply);
        if (reply.etag() == null) {
            throw notUnderstood();
        }
        return new Stored(reply.body(), reply.etag());
    }

    @Override
    public List<AuditEntry> audit() throws AdminException {
        List<AuditEntry> entries = new ArrayList<>();
        try {
            for (String entry : AuditBody.entries(send("GET", AUDIT, null, null).body())) {
                entries.add(AuditEntry.fromJson(entry));
            }
        } catch (DocumentException | IllegalArgumentException e) {
            throw new AdminException(Kind.UNAVAILABLE, "the server's audit trail cannot be read: " + e.getMessage(), e);
        }
        return entries;
    }

    private Reply send(String method, String path, @Nullable String body, @Nullable String ifMatch)
            throws AdminException {
        Reply reply;
        try {
            reply = exchange.send(method, path, body, ifMatch);
        } catch (IOException e) {
            throw unavailable(e);
        }
        requireOk(reply);
        return reply;
    }

    private AdminException unavailable(IOException e) {
        return new AdminException(Kind.UNAVAILABLE, exchange.describe(e), e);
    }

    private static void requireOk(Reply reply) throws AdminException {
        if (reply.status() != OK) {
            throw AdminProblem.of(reply);
        }
    }

    private static Structure object(String body) throws AdminException {
        try {
            if (JsonText.read(body) instanceof Structure object) {
                return object;
            }
        } catch (DocumentException e) {
            throw new AdminException(Kind.UNAVAILABLE, "what answers is not a flag server", e);
        }
        throw notUnderstood();
    }

    private static AdminException notUnderstood() {
        return new AdminException(Kind.UNAVAILABLE, "what answers is not a flag server");
    }
}
