package dev.agentflags.cli;

import dev.agentflags.server.FlagServer;
import dev.agentflags.server.FlagServerOptions;
import dev.agentflags.server.redis.RedisFlagStore;
import dev.agentflags.server.redis.RedisOptions;
import dev.agentflags.server.redis.UnfitRedisException;
import dev.agentflags.server.state.Published;
import dev.agentflags.server.store.FileFlagStore;
import dev.agentflags.server.store.FlagStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
            "  agentflags serve --store redis://redis.internal:6379?flag_set=support --seed flags.json --tokens tokens.json",
            "  agentflags serve --alerts alerts.json --tokens tokens.json",
            "  agentflags serve --host 0.0.0.0 --tokens tokens.json --tls-cert tls.crt --tls-key tls.key"
        })
final class ServeCommand implements Callable<Integer> {

    private static final Duration REHEARSAL = Duration.ofSeconds(2);
    private static final String FILE = "file:";
    private static final String REDIS = "redis://";
    private static final String REDIS_TLS = "rediss://";
    private static final String REDIS_PASSWORD = "agentflags.redis.password";
    private static final String DEFAULT_STORE = "file:flags.json";

    private static final String EMPTY = "{\"version\": 1, \"flags\": {}}\n";

    private final Session session;

    @Option(
            names = {"-s", "--store"},
            paramLabel = "STORE",
            order = 1,
            description = {
                "Where the document is kept: file:PATH, or redis://USER@HOST:PORT/DB?flag_set=NAME for Redis or Valkey"
                        + " (rediss: with TLS; &replicas=1 waits for a replica after a kill). Unless given, "
                        + DEFAULT_STORE + "."
            })
    private String store = DEFAULT_STORE;

    @Option(names = "--create", order = 2, description = "Begin with a document without flags where there is none yet.")
    private boolean create;

    @Option(
            names = "--seed",
            paramLabel = "FILE",
            order = 2,
            description = "The document to begin with where Redis has none yet, or has lost it.")
    private @Nullable Path seed;

    @Option(
            names = "--redis-password-file",
            paramLabel = "FILE",
            order = 2,
            description = "A file with the password for Redis, instead of AGENTFLAGS_REDIS_PASSWORD or the URL's.")
    private @Nullable Path redisPasswordFile;

    @Option(
            names = "--allow-volatile",
            order = 2,
            description = "Do with a Redis without append-only persistence, which may lose a kill when it stops.")
    private boolean allowVolatile;

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

    @Option(
            names = "--alerts",
            paramLabel = "FILE",
            order = 9,
            description = "Who may send alerts that kill. Read again when it changes.")
    private @Nullable Path alerts;

    @Option(
            names = "--allowed-origin",
            paramLabel = "ORIGIN",
            order = 9,
            description =
                    "A site whose pages may evaluate flags, such as https://app.example.com; may be given more than once.")
    private List<String> allowedOrigins = new ArrayList<>();

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
        FlagStore kept = store();
        FlagServer server = start(kept);
        session.onStop(() -> {
            server.close();
            close(kept);
        });
        session.out().println(ready(kept, server));
        session.out().flush();
        server.join();
        return Exit.DONE;
    }

    private static void close(FlagStore store) {
        if (store instanceof RedisFlagStore redis) {
            redis.close();
        }
    }

    private FlagStore store() throws CommandException {
        return store.startsWith(REDIS) || store.startsWith(REDIS_TLS) ? redis() : file();
    }

    private FlagStore redis() throws CommandException {
        try {
            RedisOptions.Builder options = RedisOptions.builder(store).allowVolatile(allowVolatile);
            String password = session.property(REDIS_PASSWORD);
            if (redisPasswordFile != null) {
                FlagsOption.requireFile(redisPasswordFile, null);
                options.passwordFile(redisPasswordFile);
            } else if (password != null) {
                options.password(password);
            }
            return RedisFlagStore.open(options.seed(seed()).build());
        } catch (IllegalArgumentException e) {
            throw new CommandException(Exit.USAGE, "--store: " + e.getMessage(), null);
        } catch (IOException e) {
            throw new CommandException(Exit.UNAVAILABLE, String.valueOf(e.getMessage()), advice(e));
        }
    }

    private static @Nullable String advice(IOException e) {
        if (!(e instanceof UnfitRedisException unfit)) {
            return null;
        }
        return switch (unfit.lack()) {
            case PERSISTENCE -> "--allow-volatile does with a Redis that forgets";
            case DOCUMENT -> "--seed FILE or --create begin a document";
        };
    }

    private @Nullable String seed() throws CommandException, IOException {
        if (seed == null) {
            return create ? EMPTY : null;
        }
        FlagsOption.requireFile(seed, null);
        return Files.readString(seed);
    }

    private FlagStore file() throws CommandException {
        if (!store.startsWith(FILE) || store.length() == FILE.length()) {
            throw new CommandException(
                    Exit.USAGE, "--store: expected file:PATH or redis://HOST:PORT, found something else", null);
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

    private FlagServerOptions options(FlagStore kept) throws CommandException {
        if ((certificate == null) != (key == null)) {
            throw new CommandException(Exit.USAGE, "--tls-cert and --tls-key go together", null);
        }
        try {
            var options = FlagServerOptions.builder(kept)
                    .host(host)
                    .port(port)
                    .insecureHttp(insecureHttp)
                    .openMetrics(openMetrics)
                    .rehearse(REHEARSAL)
                    .maxStreams(maxStreams, Math.max(1, maxStreams - maxStreams / 10));
            allowedHosts.forEach(options::allowHost);
            allowedOrigins.forEach(options::allowOrigin);
            if (alerts != null) {
                options.alerts(alerts);
            }
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

    private FlagServer start(FlagStore kept) throws CommandException {
        boolean started = false;
        try {
            FlagServer server = FlagServer.start(options(kept));
            started = true;
            return server;
        } catch (IllegalArgumentException e) {
            throw new CommandException(
                    Exit.USAGE,
                    String.valueOf(e.getMessage()),
                    "give --tokens FILE, and --tls-cert and --tls-key, or --insecure-http behind something that has TLS");
        } catch (IOException e) {
            throw new CommandException(Exit.UNAVAILABLE, String.valueOf(e.getMessage()), null);
        } finally {
            if (!started) {
                close(kept);
            }
        }
    }

    private String ready(FlagStore kept, FlagServer server) {
        Published published = server.published();
        return "serving %s (serial %d, %d flags) at %s, %s"
                .formatted(
                        kept.name(),
                        published.serial(),
                        published.snapshot().ruleset().flags().size(),
                        server.uri(),
                        server.isOpen()
                                ? "without tokens: whoever is on this machine may do everything"
                                : "with tokens of " + tokens);
    }
}
