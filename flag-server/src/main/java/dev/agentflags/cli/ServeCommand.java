package dev.agentflags.cli;

import dev.agentflags.server.FlagServer;
import dev.agentflags.server.FlagServerOptions;
import dev.agentflags.server.state.Published;
import dev.agentflags.server.store.FileFlagStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code agentflags serve}: the flag server. */
@Command(
        name = "serve",
        header = {"Serve flags to remote providers, and take changes of them.", ""},
        description = {
            "Serves a document over HTTP, tells providers of every change at once, and changes it for those whose token allows it.",
            "Without --tokens everybody on this machine may do everything, and nobody else anything.",
            "Ctrl-C ends it."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  agentflags serve --store file:flags.json",
            "  agentflags serve --create --port 9000 --tokens tokens.json",
            "  agentflags serve --host 0.0.0.0 --tokens tokens.json --tls-cert tls.crt --tls-key tls.key"
        })
final class ServeCommand implements Callable<Integer> {

    private static final String FILE = "file:";
    private static final String DEFAULT_STORE = "file:flags.json";

    private final Session session;

    @Option(
            names = {"-s", "--store"},
            paramLabel = "STORE",
            order = 1,
            description = "Where the document is kept; unless given, " + DEFAULT_STORE + ".")
    private String store = DEFAULT_STORE;

    @Option(names = "--create", order = 2, description = "Begin with a document without flags where there is none yet.")
    private boolean create;

    @Option(
            names = {"-p", "--port"},
            paramLabel = "PORT",
            order = 3,
            description = "The port; unless given, " + FlagServerOptions.DEFAULT_PORT + ". 0 takes any that is free.")
    private int port = FlagServerOptions.DEFAULT_PORT;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            order = 4,
            description = "The address; unless given, " + FlagServerOptions.LOOPBACK
                    + ", which only this machine can reach. Others take --tokens, and --tls-cert or --insecure-http.")
    private String host = FlagServerOptions.LOOPBACK;

    @Option(
            names = {"-t", "--tokens"},
            paramLabel = "FILE",
            order = 5,
            description = "The tokens that let in, as agentflags token makes them. Read again when it changes.")
    private @Nullable Path tokens;

    @Option(
            names = "--tls-cert",
            paramLabel = "FILE",
            order = 6,
            description = "The certificate chain, in PEM. Read again when it changes.")
    private @Nullable Path certificate;

    @Option(names = "--tls-key", paramLabel = "FILE", order = 7, description = "Its private key, in PEM.")
    private @Nullable Path key;

    @Option(
            names = "--insecure-http",
            order = 8,
            description = "Do without TLS at other addresses than this machine's own: something in front has it.")
    private boolean insecureHttp;

    @Option(
            names = "--allowed-host",
            paramLabel = "NAME",
            order = 9,
            description = "A name that requests may be sent to; may be given more than once.")
    private List<String> allowedHosts = new ArrayList<>();

    @Option(names = "--open-metrics", order = 10, description = "Let everybody read /metrics, without a token.")
    private boolean openMetrics;

    @Option(
            names = "--max-streams",
            paramLabel = "N",
            order = 11,
            description = "How many providers may listen at once; unless given, 10000.")
    private int maxStreams = 10_000;

    ServeCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws CommandException, InterruptedException {
        FileFlagStore kept = store();
        FlagServer server = start(options(kept));
        session.onStop(server::close);
        session.out().println(ready(server));
        session.out().flush();
        server.join();
        return Exit.DONE;
    }

    private FileFlagStore store() throws CommandException {
        if (!store.startsWith(FILE) || store.length() == FILE.length()) {
            throw new CommandException(Exit.USAGE, "--store: expected file:PATH, found " + store, null);
        }
        Path path = Path.of(store.substring(FILE.length()));
        FileFlagStore kept = FileFlagStore.of(path);
        if (create && Files.notExists(path)) {
            create(kept);
        }
        FlagsOption.requireFile(path, "--create begins one");
        return kept;
    }

    private static void create(FileFlagStore kept) throws CommandException {
        try {
            kept.create();
        } catch (IOException e) {
            throw new CommandException(
                    Exit.UNAVAILABLE,
                    kept.name() + " cannot be made: " + e,
                    "look at the directory and its permissions");
        }
    }

    private FlagServerOptions options(FileFlagStore kept) throws CommandException {
        if ((certificate == null) != (key == null)) {
            throw new CommandException(Exit.USAGE, "--tls-cert and --tls-key go together", null);
        }
        try {
            var options = FlagServerOptions.builder(kept)
                    .host(host)
                    .port(port)
                    .insecureHttp(insecureHttp)
                    .openMetrics(openMetrics)
                    .maxStreams(maxStreams, Math.max(1, maxStreams - maxStreams / 10));
            allowedHosts.forEach(options::allowHost);
            if (tokens != null) {
                options.tokens(tokens);
            }
            if (certificate != null && key != null) {
                options.tls(certificate, key);
            }
            return options.build();
        } catch (IllegalArgumentException e) {
            throw new CommandException(Exit.USAGE, String.valueOf(e.getMessage()), null);
        }
    }

    private FlagServer start(FlagServerOptions options) throws CommandException {
        try {
            return FlagServer.start(options);
        } catch (IllegalArgumentException e) {
            throw new CommandException(
                    Exit.USAGE,
                    String.valueOf(e.getMessage()),
                    "give --tokens FILE, and --tls-cert and --tls-key, or --insecure-http behind something that has TLS");
        } catch (IOException e) {
            throw new CommandException(Exit.UNAVAILABLE, String.valueOf(e.getMessage()), null);
        }
    }

    private String ready(FlagServer server) {
        Published published = server.published();
        return "serving %s (serial %d, %d flags) at %s, %s"
                .formatted(
                        store,
                        published.serial(),
                        published.snapshot().ruleset().flags().size(),
                        server.uri(),
                        server.isOpen()
                                ? "without tokens: whoever is on this machine may do everything"
                                : "with tokens of " + tokens);
    }
}
