package dev.agentflags.cli;

import dev.agentflags.evaluation.Explanation;
import dev.agentflags.model.InvalidFlag;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code agentflags explain}: why a user gets what they get. */
@Command(
        name = "explain",
        header = {"Show why a user gets what they get.", ""},
        description = {
            "The ten rows of the table of semantics, in order, and the one that"
                    + " decided; the bucket and the percentage; the document's serial."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  agentflags explain new_reasoning_prompt --user bob",
            "  agentflags explain support_agent --user bob --attribute region=de --json"
        })
final class ExplainCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(paramLabel = "KEY", description = "The flag.")
    private String key = "";

    @Mixin
    private FlagsOption flags;

    @Mixin
    private SubjectOptions subject = new SubjectOptions();

    @Mixin
    private JsonOption json = new JsonOption();

    ExplainCommand(Session session) {
        this.session = session;
        this.flags = new FlagsOption(session);
    }

    @Override
    public Integer call() throws CommandException {
        Person person = subject.person();
        Loaded document = flags.open().load();
        document.keys(List.of(key));
        Explanation explanation = document.evaluator().explain(key, person);
        var account = new Account(person, explanation, Answer.of(explanation.resolution()));
        if (json.chosen()) {
            session.out().println(account.json());
        } else if (document.ruleset().flags().get(key) instanceof InvalidFlag invalid) {
            account.printInvalid(invalid, session.out(), session.screen().out());
        } else {
            account.print(session.out(), session.screen());
        }
        return account.answer().isError() ? Exit.PROBLEMS : Exit.DONE;
    }
}
