package dev.agentflags.cli;

import dev.agentflags.admin.Outcome;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who changes something, and why. */
final class ChangeOptions {

    /** What is written into the audit trail where nobody said why. */
    static final String NO_REASON = "no reason given";

    private final Session session;

    @Option(
            names = {"-r", "--reason"},
            paramLabel = "REASON",
            order = 20,
            description = "Why, for the audit trail. Unless given: \"" + NO_REASON + "\".")
    private @Nullable String reason;

    @Option(
            names = {"-a", "--actor"},
            paramLabel = "NAME",
            order = 21,
            description = "Who, for the audit trail. Unless given: your login name.")
    private @Nullable String actor;

    ChangeOptions(Session session) {
        this.session = session;
    }

    String reason() {
        return reason == null || reason.isBlank() ? NO_REASON : reason.strip();
    }

    boolean hasReason() {
        return reason != null && !reason.isBlank();
    }

    /** Returns who it is. A process without a login name, as in a container, says so in {@code USER}, or not at all. */
    String actor() {
        if (actor != null && !actor.isBlank()) {
            return actor.strip();
        }
        String login = System.getProperty("user.name", "");
        if (!login.isBlank() && !login.equals("?")) {
            return login;
        }
        String user = session.environment().apply("USER");
        return user == null || user.isBlank() ? "unknown" : user;
    }

    /** Says what an operation came to. */
    void report(String subject, Outcome outcome) {
        PrintWriter out = session.out();
        String serial = outcome.serial() == null ? "" : " (serial " + outcome.serial() + ")";
        out.println(outcome.changed() ? outcome.summary() + serial : subject + ": " + outcome.summary() + serial);
    }
}
