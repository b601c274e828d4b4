package dev.agentflags.cli;

import dev.agentflags.server.access.Token;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code agentflags token revoke}: ends tokens. */
@Command(
        name = "revoke",
        header = {"End a token, or all tokens of a name.", ""},
        description = "A running server stops to let them in within a second or two.",
        footerHeading = "%nExamples:%n",
        footer = {"  agentflags token revoke 3f9a1c07be52", "  agentflags token revoke alertmanager"})
final class TokenRevokeCommand implements Callable<Integer> {

    private final Session session;

    @Mixin
    private TokenCommand.File file = new TokenCommand.File();

    @Parameters(arity = "1", paramLabel = "ID|NAME", description = "Which token, or whose.")
    private String idOrName = "";

    TokenRevokeCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws CommandException {
        List<Token> revoked = revoke();
        if (revoked.isEmpty()) {
            throw new CommandException(
                    Exit.PROBLEMS,
                    "there is no token of the id or name \"" + idOrName + "\"",
                    "agentflags token list shows them");
        }
        revoked.forEach(token -> session.out().println("token " + token.id() + " of " + token.name() + " is revoked"));
        return Exit.DONE;
    }

    private List<Token> revoke() throws CommandException {
        if (Files.notExists(file.path())) {
            throw new CommandException(Exit.UNAVAILABLE, "there is no file " + file.path(), null);
        }
        try {
            return file.open().revoke(idOrName);
        } catch (IOException e) {
            throw new CommandException(Exit.UNAVAILABLE, file.path() + ": " + e.getMessage(), null);
        }
    }
}
