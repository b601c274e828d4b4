package dev.agentflags.cli;

import dev.agentflags.admin.AuditCheck;
import dev.agentflags.admin.FlagAdmin;
import dev.agentflags.model.FlagValue.Structure;
import dev.agentflags.model.FlagValue.Text;
import dev.agentflags.model.FlagValue.Whole;
import dev.agentflags.rollout.GuardReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which flags a command is about. */
final class FlagsOption {

    private static final String PROPERTY = "agentflags.file.path";
    private static final String DEFAULT = "flags.json";

    private final Session session;

    @Option(
            names = {"-f", "--flags"},
            paramLabel = "FILE",
            order = -3,
            description = {
                "The document with the flags. Unless given: AGENTFLAGS_FILE_PATH, as for the file provider, or else"
                        + " flags.json."
            })
    private @Nullable Path file;

    @Mixin
    private ServerOption server;

    FlagsOption(Session session) {
        this.session = session;
        this.server = new ServerOption(session);
    }

    /** Returns the file with the flags, which need not be there. */
    Path path() {
        if (file != null) {
            return file;
        }
        String configured = session.property(PROPERTY);
        return Path.of(configured == null ? DEFAULT : configured);
    }

    /** Opens the flags to look at them. */
    Target open() throws CommandException {
        return open("nobody");
    }

    /**
     * Opens the flags.
     *
     * @param actor who is written into the audit trail
     */
    Target open(String actor) throws CommandException {
        if (isServer()) {
            return server.open(actor);
        }
        Path path = path();
        requireFile(path, "name another with --flags FILE; a new one begins as {\"version\": 1, \"flags\": {}}");
        FlagAdmin admin = session.admins().open(path, actor);
        return new Target(Origin.file(path), admin);
    }

    /** Asks the server how its guarded rollouts stand. */
    List<GuardReport> guardReports() throws CommandException {
        return server.guardReports();
    }

    /** Asks the server whether its audit trail is whole. */
    AuditCheck checkAudit() throws CommandException {
        Structure answer = server.inquiry().auditCheck();
        return new AuditCheck(
                count(answer, "lines"),
                count(answer, "linked"),
                answer.fields().get("problem") instanceof Text problem ? problem.value() : null);
    }

    private static int count(Structure answer, String name) throws CommandException {
        if (answer.fields().get(name) instanceof Whole number) {
            return Math.toIntExact(number.value());
        }
        throw new CommandException(Exit.UNAVAILABLE, "the server does not say how many lines it has looked at", null);
    }

    /** Returns what the flags are called in messages. */
    String name() throws CommandException {
        return isServer() ? server.name() : path().toString();
    }

    /** Whether it is a server that was named. What the command line says beats the environment. */
    boolean isServer() throws CommandException {
        if (file != null && server.chosen()) {
            throw new CommandException(Exit.USAGE, "--flags and --server exclude each other", "name one of them");
        }
        if (file != null || server.chosen()) {
            return server.chosen();
        }
        if (server.configured() && session.property(PROPERTY) != null) {
            throw new CommandException(
                    Exit.USAGE,
                    "both AGENTFLAGS_FILE_PATH and AGENTFLAGS_REMOTE_URL are set",
                    "say which is meant, with --flags FILE or --server URL");
        }
        return server.configured();
    }

    /**
     * Refuses to go on where a path is no file that can be read.
     *
     * @param advice what to do where there is nothing, or null
     */
    static void requireFile(Path path, @Nullable String advice) throws CommandException {
        if (Files.notExists(path)) {
            throw new CommandException(Exit.UNAVAILABLE, "there is no file " + path, advice);
        }
        if (Files.isDirectory(path)) {
            throw new CommandException(Exit.UNAVAILABLE, path + " is a directory", "name a file in it");
        }
        if (!Files.isReadable(path)) {
            throw new CommandException(Exit.UNAVAILABLE, path + " cannot be read", "look at its permissions");
        }
    }
}
