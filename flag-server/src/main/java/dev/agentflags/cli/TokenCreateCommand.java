package dev.agentflags.cli;

import dev.agentflags.server.access.Scope;
import dev.agentflags.server.access.Token;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code agentflags token create}: makes a token. */
@Command(
        name = "create",
        header = {"Make a token.", ""},
        description = {
            "Prints the token, and only now: the file gets no more than its hash. The file is made where there is none.",
            "Scopes: read (agents), kill (on call, alerts), operate (releases), revive (ends incidents), audit."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  agentflags token create --name agents --scope read > agents.token",
            "  agentflags token create --name release --scope operate --scope revive --expires 90d",
            "  agentflags token create --name alertmanager --scope kill --flag support_agent --flag '*'"
        })
final class TokenCreateCommand implements Callable<Integer> {

    private static final Pattern PERIOD = Pattern.compile("([1-9][0-9]{0,4})([hdw])");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._@-]{1,64}");

    private final Session session;

    @Mixin
    private TokenCommand.File file = new TokenCommand.File();

    @Option(
            names = {"-n", "--name"},
            paramLabel = "NAME",
            order = 2,
            required = true,
            description = "Who it is for; the audit trail has this name.")
    private String name = "";

    @Option(
            names = "--scope",
            paramLabel = "SCOPE",
            order = 3,
            required = true,
            split = ",",
            description = "What it is for: read, kill, operate, revive or audit; may be given more than once.")
    private List<String> scopes = new ArrayList<>();

    @Option(
            names = {"--flag", "--flags"},
            paramLabel = "KEY",
            order = 4,
            split = ",",
            description = "The only flags that it may change; * stands for the kill of all. Unless given: all.")
    private List<String> flags = new ArrayList<>();

    @Option(
            names = "--expires",
            paramLabel = "PERIOD",
            order = 5,
            description = "After how long it ends, such as 12h, 90d or 8w. Unless given: never.")
    private @Nullable String expires;

    TokenCreateCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws CommandException {
        if (!NAME.matcher(name).matches()) {
            throw new CommandException(Exit.USAGE, "--name: expected " + NAME + ", found \"" + name + "\"", null);
        }
        Instant now = session.clock().instant().truncatedTo(ChronoUnit.SECONDS);
        Token.Made made = create(scopes(), flags.isEmpty() ? null : new LinkedHashSet<>(flags), now, end(now));
        session.out().println(made.secret());
        session.out().flush();
        session.err()
                .println("token %s of %s is in %s; nobody can show it again"
                        .formatted(made.token().id(), name, file.path()));
        return Exit.DONE;
    }

    private Token.Made create(Set<Scope> wanted, @Nullable Set<String> only, Instant now, @Nullable Instant end)
            throws CommandException {
        try {
            return file.open().create(name, wanted, only, now, end);
        } catch (IllegalStateException e) {
            throw new CommandException(
                    Exit.PROBLEMS, String.valueOf(e.getMessage()), "agentflags token list shows them");
        } catch (IOException e) {
            throw new CommandException(Exit.UNAVAILABLE, file.path() + ": " + e.getMessage(), null);
        }
    }

    private Set<Scope> scopes() throws CommandException {
        Set<Scope> wanted = new LinkedHashSet<>();
        for (String word : scopes) {
            Scope scope = Scope.named(word);
            if (scope == null) {
                throw new CommandException(
                        Exit.USAGE, "--scope: expected one of " + Scope.names() + ", found \"" + word + "\"", null);
            }
            wanted.add(scope);
        }
        return wanted;
    }

    private @Nullable Instant end(Instant now) throws CommandException {
        if (expires == null) {
            return null;
        }
        Matcher period = PERIOD.matcher(expires);
        if (!period.matches()) {
            throw new CommandException(
                    Exit.USAGE, "--expires: expected a period such as 12h, 90d or 8w, found \"" + expires + "\"", null);
        }
        long amount = Long.parseLong(period.group(1));
        return switch (period.group(2)) {
            case "h" -> now.plus(amount, ChronoUnit.HOURS);
            case "d" -> now.plus(amount, ChronoUnit.DAYS);
            default -> now.plus(7 * amount, ChronoUnit.DAYS);
        };
    }
}
