package dev.agentflags.cli;

import dev.agentflags.server.access.TokenFile;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code agentflags token}: who may do what with a flag server. */
@Command(
        name = "token",
        header = {"Make, list and revoke the tokens of a flag server.", ""},
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "A flag server lets in who has a token. Its file has only hashes of them, and a running server notices when it changes.",
            "A name may have two tokens at a time: make the new one, hand it out, revoke the old one."
        },
        commandListHeading = "%nCommands:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  agentflags token create --name agents --scope read",
            "  agentflags token create --name alertmanager --scope kill --flag support_agent --expires 90d",
            "  agentflags token revoke 3f9a1c07be52"
        })
final class TokenCommand implements Runnable {

    static final String DEFAULT = "tokens.json";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private TokenCommand() {}

    static CommandLine commandLine(Session session) {
        return new CommandLine(new TokenCommand())
                .addSubcommand(new TokenCreateCommand(session))
                .addSubcommand(new TokenListCommand(session))
                .addSubcommand(new TokenRevokeCommand(session));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "no command was given");
    }

    /** Which tokens a command is about. */
    static final class File {

        @Option(
                names = {"-t", "--tokens"},
                paramLabel = "FILE",
                order = 1,
                description = "The file of tokens; unless given, " + DEFAULT + ".")
        private Path path = Path.of(DEFAULT);

        TokenFile open() {
            return TokenFile.of(path);
        }

        Path path() {
            return path;
        }
    }
}
