package dev.agentflags.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command that all others are under. */
@Command(
        name = RootCommand.NAME,
        versionProvider = RootCommand.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        description = "Asks and changes the feature flags of AI agents.%n",
        commandListHeading = "%nCommands:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  agentflags evaluate --flags examples/flags.json --user alice --plan pro",
            "  agentflags explain new_reasoning_prompt --user bob",
            "  agentflags kill new_reasoning_prompt --reason \"answers in the wrong language\"",
            "",
            "agentflags COMMAND --help says more of each command.",
            "Colours: only on a terminal, and not where NO_COLOR is set."
        })
final class RootCommand implements Runnable {

    static final String NAME = "agentflags";

    private static final int HELP_COLUMNS = 100;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            order = 98,
            scope = ScopeType.INHERIT,
            description = "Show this help.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            order = 99,
            description = "Show the version.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean version;

    private RootCommand() {}

    /** Returns the command line with all its commands. */
    static CommandLine commandLine(Session session) {
        var line = new CommandLine(new RootCommand())
                .addSubcommand(new EvaluateCommand(session))
                .addSubcommand(new ExplainCommand(session))
                .addSubcommand(new ListCommand(session))
                .addSubcommand(new LintCommand(session))
                .addSubcommand(new KillCommand(session))
                .addSubcommand(new ReviveCommand(session))
                .addSubcommand(new AdvanceCommand(session))
                .addSubcommand(new RollBackCommand(session))
                .addSubcommand(new PauseCommand(session))
                .addSubcommand(new SetCommand(session))
                .addSubcommand(new RemoveCommand(session))
                .addSubcommand(new AuditCommand(session))
                .addSubcommand(new PlanCommand(session))
                .addSubcommand(GuardCommand.commandLine(session))
                .addSubcommand(new ReplayCommand(session))
                .addSubcommand(new ServeCommand(session))
                .addSubcommand(new DrillCommand(session))
                .addSubcommand(TokenCommand.commandLine(session))
                .addSubcommand(new DemoCommand(session))
                .addSubcommand(new CompletionCommand(session));
        var failures = new Failures(session);
        line.setOut(session.out())
                .setErr(session.err())
                .setColorScheme(Help.defaultColorScheme(session.screen().out() == Paint.ANSI ? Ansi.ON : Ansi.OFF))
                .setUsageHelpWidth(HELP_COLUMNS)
                .setParameterExceptionHandler(failures)
                .setExecutionExceptionHandler(failures);
        describe(line);
        return line;
    }

    /** Gives a command and all under it what their help has in common. */
    private static void describe(CommandLine line) {
        line.getCommandSpec()
                .usageMessage()
                .sortOptions(false)
                .exitCodeListHeading("%nExit status:%n")
                .exitCodeList(Exit.meanings());
        line.getSubcommands().values().forEach(RootCommand::describe);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "no command was given");
    }

    /** What {@code --version} prints; built without a jar, there is no number. */
    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            String version = RootCommand.class.getPackage().getImplementationVersion();
            return new String[] {NAME + " " + (version == null ? "(development)" : version)};
        }
    }
}
