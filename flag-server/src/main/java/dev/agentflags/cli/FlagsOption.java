package dev.agentflags.cli;

import dev.agentflags.admin.FlagAdmin;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which flags a command is about. */
final class FlagsOption {

    private static final String PROPERTY = "agentflags.file.path";
    private static final String DEFAULT = "flags.json";

    private final Session session;

    @Option(
            names = {"-f", "--flags"},
            paramLabel = "FILE",
            order = 1,
            description = {
                "The document with the flags. Unless given: AGENTFLAGS_FILE_PATH, as for the file provider, or else"
                        + " flags.json."
            })
    private @Nullable Path file;

    FlagsOption(Session session) {
        this.session = session;
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
        Path path = path();
        requireFile(path);
        FlagAdmin admin = session.admins().open(path, actor);
        return new Target(path.toString(), admin);
    }

    /** Refuses to go on where a path is no file that can be read. */
    static void requireFile(Path path) throws CommandException {
        if (Files.notExists(path)) {
            throw new CommandException(
                    Exit.UNAVAILABLE,
                    "there is no file " + path,
                    "name another with --flags FILE; a new one begins as {\"version\": 1, \"flags\": {}}");
        }
        if (Files.isDirectory(path)) {
            throw new CommandException(
                    Exit.UNAVAILABLE,
                    path + " is a directory",
                    "name a file in it, such as --flags "
                            + Printable.argument(path.resolve(DEFAULT).toString()));
        }
        if (!Files.isReadable(path)) {
            throw new CommandException(Exit.UNAVAILABLE, path + " cannot be read", "look at its permissions");
        }
    }
}
