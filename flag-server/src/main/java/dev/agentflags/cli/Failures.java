package dev.agentflags.cli;

import dev.agentflags.cli.Paint.Tone;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says on standard error why a command failed, in a line or two and without a stack trace. */
final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {

    private final Session session;

    Failures(Session session) {
        this.session = session;
    }

    @Override
    public int handleParseException(ParameterException e, String[] args) {
        CommandLine line = e.getCommandLine();
        String advice = line.getCommandSpec().qualifiedName() + " --help";
        say(message(e), advice);
        return Exit.USAGE;
    }

    private static String message(ParameterException e) {
        if (!(e instanceof UnmatchedArgumentException unmatched)) {
            return firstLine(e).replaceFirst("^Error: ", "");
        }
        String argument = unmatched.getUnmatched().get(0);
        if (unmatched.isUnknownOption()) {
            return "unknown option " + argument + didYouMean(String.join(" or ", unmatched.getSuggestions()));
        }
        Set<String> commands = e.getCommandLine().getSubcommands().keySet();
        return commands.isEmpty()
                ? "unexpected argument \"" + argument + "\""
                : "there is no command \"" + argument + "\"" + didYouMean(Nearest.to(argument, commands));
    }

    private static String didYouMean(@Nullable String guess) {
        return guess == null || guess.isEmpty() ? "" : "; did you mean " + guess + "?";
    }

    @Override
    public int handleExecutionException(Exception e, CommandLine line, ParseResult parsed) {
        session.out().flush();
        if (e instanceof ParameterException usage) {
            return handleParseException(usage, new String[0]);
        }
        if (e instanceof CommandException failed) {
            say(firstLine(failed), failed.advice());
            return failed.status();
        }
        say(
                "a bug in agentflags: " + e.getClass().getSimpleName() + ": " + firstLine(e),
                "please report it, with the command and, if you can, the document");
        return Exit.BUG;
    }

    private static String firstLine(Exception e) {
        String message = Objects.requireNonNullElse(e.getMessage(), "no message");
        return message.lines().findFirst().orElse("");
    }

    private void say(String message, @Nullable String advice) {
        Paint paint = session.screen().err();
        session.err().println(paint.apply(Tone.BAD, "error:") + " " + Printable.of(message));
        if (advice != null) {
            session.err().println(paint.apply(Tone.FAINT, " hint:") + " " + Printable.of(advice));
        }
        session.err().flush();
    }
}
