package dev.agentflags.cli;

import dev.agentflags.cli.Paint.Tone;
import dev.agentflags.cli.Table.Cell;
import dev.agentflags.cli.Table.Column;
import dev.agentflags.server.access.Scope;
import dev.agentflags.server.access.Token;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code agentflags token list}: which tokens there are. */
@Command(
        name = "list",
        header = {"Show which tokens there are.", ""},
        description = "Shows what each is for and when it ends; the tokens themselves nobody can show.",
        footerHeading = "%nExamples:%n",
        footer = "  agentflags token list --tokens tokens.json")
final class TokenListCommand implements Callable<Integer> {

    private final Session session;

    @Mixin
    private TokenCommand.File file = new TokenCommand.File();

    TokenListCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws CommandException {
        List<Token> tokens = tokens();
        if (tokens.isEmpty()) {
            session.out().println("there are no tokens");
        } else {
            table(tokens, session.clock().instant()).print(session.out(), session.screen());
        }
        return Exit.DONE;
    }

    private List<Token> tokens() throws CommandException {
        try {
            return file.open().read().all();
        } catch (NoSuchFileException e) {
            throw new CommandException(
                    Exit.UNAVAILABLE, "there is no file " + file.path(), "agentflags token create begins one");
        } catch (IOException e) {
            throw new CommandException(Exit.UNAVAILABLE, String.valueOf(e.getMessage()), null);
        }
    }

    private static Table table(List<Token> tokens, Instant now) {
        var table = new Table(List.of(
                Column.text("ID"),
                Column.text("NAME"),
                Column.text("SCOPES"),
                Column.text("CREATED"),
                Column.text("EXPIRES"),
                Column.longText("FLAGS")));
        for (Token token : tokens) {
            table.row(List.of(
                    Cell.of(token.id()),
                    Cell.of(token.name()),
                    Cell.of(token.scopes().stream()
                            .sorted()
                            .map(Scope::toString)
                            .collect(Collectors.joining(","))),
                    Cell.of(token.created().toString()),
                    expires(token, now),
                    token.flags() == null
                            ? new Cell("(all)", Tone.FAINT)
                            : Cell.of(token.flags().stream().sorted().collect(Collectors.joining(",")))));
        }
        return table;
    }

    private static Cell expires(Token token, Instant now) {
        if (token.expires() == null) {
            return new Cell("never", Tone.FAINT);
        }
        return token.isExpired(now)
                ? new Cell("expired", Tone.BAD)
                : Cell.of(token.expires().toString());
    }
}
