package dev.agentflags.remote;

import dev.agentflags.admin.AdminException;
import dev.agentflags.admin.AdminException.Kind;
import dev.agentflags.remote.http.Exchange;
import dev.agentflags.remote.http.Exchange.Reply;
import dev.agentflags.rollout.Checkpoint;
import dev.agentflags.rollout.GuardReport;
import java.io.IOException;
import java.util.List;

/** Asks a flag server how its guarded rollouts stand. Safe for use by many threads. */
final class RemoteGuard {

    private static final String PATH = "/v1/guard";
    private static final int OK = 200;

    private final Exchange exchange;

    RemoteGuard(Exchange exchange) {
        this.exchange = exchange;
    }

    List<GuardReport> reports() throws AdminException {
        Reply reply;
        try {
            reply = exchange.send("GET", PATH, null, null);
        } catch (IOException e) {
            throw new AdminException(Kind.UNAVAILABLE, exchange.describe(e), e);
        }
        if (reply.status() != OK) {
            throw AdminProblem.of(reply);
        }
        try {
            return Checkpoint.reports(reply.body());
        } catch (IllegalArgumentException e) {
            throw new AdminException(Kind.UNAVAILABLE, "what the server says of its guard cannot be read", e);
        }
    }
}
