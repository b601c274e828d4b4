package dev.agentflags.cli;

import dev.agentflags.admin.Operation;
import dev.agentflags.admin.Outcome;
import dev.agentflags.document.DocumentEditor;
import dev.agentflags.document.DocumentException;
import dev.agentflags.document.JsonText;
import dev.agentflags.model.FlagValue;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code agentflags set}: adds a flag, or changes it. */
@Command(
        name = "set",
        header = {"Add a flag, or change it.", ""},
        description = {
            "Adds a flag, or changes fields of one that is there, and shows what they were before. Or puts a whole definition"
                    + " in its place, with --file.",
            "Refused where somebody changes the document meanwhile, where the document would have problems, and where it would"
                    + " revive a flag that is killed."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  agentflags set support_agent --percentage 5 --reason \"first users\"",
            "  agentflags set beta_tools --status targeted --target-plan pro --target-user alice",
            "  agentflags set support_agent --file support_agent.json",
            "  echo '{\"status\": \"on\"}' | agentflags set new_flag --file -"
        })
final class SetCommand implements Callable<Integer> {

    private static final String STANDARD_INPUT = "-";

    private final Session session;

    @Parameters(paramLabel = "KEY", description = "The flag.")
    private String key = "";

    @Mixin
    private FlagsOption flags;

    @Mixin
    private FieldOptions fields = new FieldOptions();

    @Option(
            names = "--file",
            paramLabel = "JSON",
            order = 8,
            description = "A file with the whole definition, as a document has it under the key; - is standard input.")
    private @Nullable String file;

    @Mixin
    private ChangeOptions change;

    SetCommand(Session session) {
        this.session = session;
        this.flags = new FlagsOption(session);
        this.change = new ChangeOptions(session);
    }

    @Override
    public Integer call() throws CommandException {
        if (fields.isEmpty() == (file == null)) {
            throw new CommandException(
                    Exit.USAGE,
                    file == null
                            ? "nothing is to be set"
                            : "--file has the whole definition, so no field can be set beside it",
                    "agentflags set --help shows what can be set");
        }
        Target target = flags.open(change.actor());
        Loaded document = target.load();
        FlagValue before = definition(document);
        FlagValue after = file == null ? fields.applyTo(before) : read(file);
        Outcome outcome = target.apply(
                new Operation.Put(key, after, change.reason()),
                document.stored().version());
        change.report(key, outcome);
        for (Differences.Difference difference : Differences.of(before, after)) {
            session.out().println("  " + Printable.of(difference.toString()));
        }
        return Exit.DONE;
    }

    private @Nullable FlagValue definition(Loaded document) throws CommandException {
        try {
            return DocumentEditor.open(document.stored().text()).flag(key);
        } catch (DocumentException e) {
            throw new CommandException(
                    Exit.PROBLEMS, document.name() + ": " + e.problems().get(0), null);
        }
    }

    private FlagValue read(String name) throws CommandException {
        byte[] utf8 = name.equals(STANDARD_INPUT) ? Bytes.of(session.in()) : Bytes.of(Path.of(name));
        try {
            return JsonText.read(new String(utf8, StandardCharsets.UTF_8));
        } catch (DocumentException e) {
            String where = name.equals(STANDARD_INPUT) ? "standard input" : name;
            throw new CommandException(Exit.PROBLEMS, where + ":" + e.problems().get(0), null);
        }
    }
}
