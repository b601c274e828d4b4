package dev.agentflags.cli;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code agentflags evaluate}: what a user gets, or how many of many users get what. */
@Command(
        name = "evaluate",
        header = {"Show what a user gets, or how many of many users get what.", ""},
        description = {
            "For one user: value, variant and reason of each flag, and the user's bucket beside the percentage.",
            "For many, with --users: how many get which variant, and why."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  agentflags evaluate --user alice --plan pro",
            "  agentflags evaluate support_agent --user bob --attribute region=de --json",
            "  agentflags evaluate support_agent --user bob --attribute 'build=\"12\"' --attribute tags:='[\"a\"]'",
            "  agentflags evaluate --users users.txt",
            "  seq 1000000 | agentflags evaluate new_reasoning_prompt --users -",
            "",
            "The file of users has one user a line, or a JSON object a line:",
            "  {\"targetingKey\": \"alice\", \"plan\": \"pro\", \"attributes\": {\"region\": \"de\"}}"
        })
final class EvaluateCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(arity = "0..*", paramLabel = "KEY", description = "The flags to evaluate; all unless given.")
    private List<String> keys = List.of();

    @Mixin
    private FlagsOption flags;

    @Mixin
    private SubjectOptions subject = new SubjectOptions();

    @Option(
            names = {"-U", "--users"},
            paramLabel = "FILE",
            order = 5,
            description = {
                "Users to evaluate the flags for, a line each; - is standard input. --plan and --attribute hold for"
                        + " those users whose line does not say otherwise."
            })
    private @Nullable String users;

    @Mixin
    private JsonOption json = new JsonOption();

    EvaluateCommand(Session session) {
        this.session = session;
        this.flags = new FlagsOption(session);
    }

    @Override
    public Integer call() throws CommandException {
        if (users != null && subject.user() != null) {
            throw new CommandException(Exit.USAGE, "--user and --users exclude each other", "give one of them");
        }
        Person person = subject.person();
        Loaded document = flags.open().load();
        Collection<String> chosen = document.keys(keys);
        document.warn(session.err(), session.screen().err());
        return users == null
                ? new Evaluation(session, document, chosen).print(person, json.chosen())
                : new Poll(session, document, chosen).print(users, person, json.chosen());
    }
}
