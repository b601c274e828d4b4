package dev.agentflags.cli;

import dev.agentflags.admin.AdminException;
import dev.agentflags.rollout.GuardReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which server a command is about, and who we are there. */
final class ServerOption {

    /** What to do where a server refuses. */
    static final String TOKEN_ADVICE =
            "--token-file FILE names the file with your token; its scopes say what it is for";

    private static final String URL = "agentflags.remote.url";
    private static final String TOKEN = "agentflags.remote.token";
    private static final String TOKEN_FILE = "agentflags.remote.token-file";

    private final Session session;

    @Option(
            names = {"-s", "--server"},
            paramLabel = "URL",
            order = -2,
            description = {
                "The server with the flags, instead of a file. Unless given: AGENTFLAGS_REMOTE_URL, as for the remote provider,"
                        + " where no file is named either."
            })
    private @Nullable String server;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            order = -1,
            description = {
                "A file with the server's token. Unless given: AGENTFLAGS_REMOTE_TOKEN_FILE, or else the token in"
                        + " AGENTFLAGS_REMOTE_TOKEN."
            })
    private @Nullable Path tokenFile;

    ServerOption(Session session) {
        this.session = session;
    }

    /** Whether the command line names a server. */
    boolean chosen() {
        return server != null;
    }

    /** Whether the environment names a server. */
    boolean configured() {
        return session.property(URL) != null;
    }

    /** Opens the server that was named. */
    Target open(String actor) throws CommandException {
        URI url = url();
        try {
            return new Target(
                    Origin.server(url), session.servers().open(url, token()).admin(actor));
        } catch (IllegalArgumentException e) {
            throw new CommandException(Exit.USAGE, "--server: " + e.getMessage(), null);
        }
    }

    /** Asks the server that was named how its guarded rollouts stand. */
    List<GuardReport> guardReports() throws CommandException {
        URI url = url();
        try {
            return session.servers().open(url, token()).guardReports();
        } catch (IllegalArgumentException e) {
            throw new CommandException(Exit.USAGE, "--server: " + e.getMessage(), null);
        } catch (AdminException e) {
            throw new CommandException(Exit.of(e.kind()), url + ": " + e.getMessage(), Target.advice(e.kind()));
        }
    }

    /** Returns what the server is called in messages. */
    String name() throws CommandException {
        return url().toString();
    }

    /** Opens the server that was named, for what is no operation on its flags. */
    Inquiry inquiry() throws CommandException {
        return new Inquiry(url(), token());
    }

    private URI url() throws CommandException {
        String text = server != null ? server : session.property(URL);
        try {
            return new URI(text == null ? "" : text.strip());
        } catch (URISyntaxException e) {
            throw new CommandException(
                    Exit.USAGE, "--server: expected a URL such as https://flags.example.com, found " + text, null);
        }
    }

    private @Nullable Supplier<String> token() throws CommandException {
        Path file = tokenFile();
        if (file != null) {
            FlagsOption.requireFile(file, "the server's administrator makes one with agentflags token create");
            return () -> read(file);
        }
        String token = session.property(TOKEN);
        return token == null ? null : () -> token;
    }

    private @Nullable Path tokenFile() {
        String configured = tokenFile != null ? tokenFile.toString() : session.property(TOKEN_FILE);
        return configured == null ? null : Path.of(configured);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }
}
