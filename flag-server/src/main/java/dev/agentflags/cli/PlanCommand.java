package dev.agentflags.cli;

import dev.agentflags.model.Flag;
import dev.agentflags.model.Rollout;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code agentflags plan}: what a guarded rollout can tell, and when, before it begins. */
@Command(
        name = "plan",
        header = {"Show what a guarded rollout can tell, and when, before it begins.", ""},
        description = {
            "For each stage: how many units must meet a change that is 1.5, 2, 5 or 10 times as bad, and how many days that"
                    + " takes, until the guard stops it; how long it takes to show that a harmless change may go on; and"
                    + " what the stage's own minimum is enough for. Then the whole rollout.",
            "The numbers come from some hundred simulated rollouts with the guard's own evidence and a fixed seed, not from a"
                    + " formula, which takes some seconds: medians are within about 10 %% of what the full simulation in benchmarks finds. Units are"
                    + " taken to be independent and to come evenly over the day."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  agentflags plan --units 20000 --rate 2",
            "  agentflags plan support_agent --units 5k --rate 0.5%%",
            "  agentflags plan --units 1M --rate 5 --stages 1,10,50,100 --min-duration 24h --json",
            "",
            "A unit is what counts once: a user, or a turn where turns have nothing to do with each other. Users with several",
            "turns each tell more, so of them it takes fewer.",
            "Too small to tell: by the stage's minimum, not one of these regressions is stopped in 80 %% of rollouts."
        })
final class PlanCommand implements Callable<Integer> {

    private static final double EVERYBODY = 100;
    private static final String ERASE = "\r\u001b[K";

    private final Session session;

    @Parameters(
            arity = "0..1",
            paramLabel = "KEY",
            description =
                    "A flag whose stages, minimum and guard are taken. Without: 1, 5, 25, 50, 100 and no minimum.")
    private @Nullable String key;

    @Mixin
    private FlagsOption flags;

    @Option(
            names = {"-n", "--units"},
            paramLabel = "N",
            order = 2,
            required = true,
            converter = Amounts.CountConverter.class,
            description =
                    "How many units come in a day, all of them, not only those that meet the change; such as 20k.")
    private long units;

    @Option(
            names = {"-r", "--rate"},
            paramLabel = "PERCENT",
            order = 3,
            required = true,
            converter = Amounts.PercentConverter.class,
            description = "How many of them are bad without the change: errors, or complaints.")
    private double rate;

    @Option(
            names = "--stages",
            paramLabel = "PERCENT",
            split = ",",
            order = 4,
            description = "The stages, rising, instead of the flag's.")
    private @Nullable List<Double> stages;

    @Option(
            names = "--min-duration",
            paramLabel = "TIME",
            order = 5,
            converter = Amounts.DurationConverter.class,
            description = "How long a stage lasts at least, instead of what the flag says: 30m, 24h, 2d.")
    private @Nullable Duration minDuration;

    @Option(
            names = "--min-units",
            paramLabel = "N",
            order = 6,
            converter = Amounts.CountConverter.class,
            description = "How many units meet the change in a stage at least, instead of what the flag says.")
    private @Nullable Long minUnits;

    @Option(
            names = "--times",
            paramLabel = "FACTOR",
            split = ",",
            order = 7,
            defaultValue = "1.5,2,5,10",
            description = "How many times as bad; ${DEFAULT-VALUE} unless given.")
    private List<Double> times = List.of();

    @Option(
            names = "--alpha",
            paramLabel = "PERCENT",
            order = 8,
            converter = Amounts.PercentConverter.class,
            description = "How many harmless rollouts may be stopped, instead of what the flag says, or 1.")
    private @Nullable Double alpha;

    @Option(
            names = "--harm-budget",
            paramLabel = "POINTS",
            order = 9,
            converter = Amounts.PercentConverter.class,
            description = "How many units in a hundred, of all, a stage may risk, instead of what the flag says, or 1.")
    private @Nullable Double harmBudget;

    @Mixin
    private JsonOption json = new JsonOption();

    PlanCommand(Session session) {
        this.session = session;
        this.flags = new FlagsOption(session);
    }

    @Override
    public Integer call() throws CommandException {
        Rollout rollout = Rollout.DEFAULT;
        GuardTerms terms = GuardTerms.DEFAULT;
        if (key != null) {
            Loaded document = flags.open().load();
            document.keys(List.of(key));
            Flag flag = flag(document, key);
            rollout = Objects.requireNonNullElse(flag.rollout(), Rollout.DEFAULT);
            terms = GuardTerms.of(flag.guard());
        }
        var traffic = new Planned.Traffic(units, rate / 100);
        var asked = new Rollout(
                stages == null ? rollout.stages() : checked(stages),
                minDuration == null ? rollout.minDuration() : minDuration,
                minUnits == null ? rollout.minUnits() : minUnits,
                null,
                null);
        Planned planned = thoughtThrough(traffic, asked, terms.with(alpha, harmBudget));
        var report = new PlanReport(planned);
        if (json.chosen()) {
            session.out().println(report.json());
        } else {
            report.print(session.out(), session.screen());
        }
        return Exit.DONE;
    }

    private Planned thoughtThrough(Planned.Traffic traffic, Rollout rollout, GuardTerms terms) throws CommandException {
        List<Double> factors = checkedTimes();
        boolean interactive = session.screen().interactive();
        if (interactive) {
            session.err().print("simulating ...");
            session.err().flush();
        }
        Planned planned = Planned.of(traffic, rollout, terms, factors);
        if (interactive) {
            session.err().print(ERASE);
            session.err().flush();
        }
        return planned;
    }

    private static Flag flag(Loaded document, String key) throws CommandException {
        if (document.ruleset().flags().get(key) instanceof Flag flag) {
            return flag;
        }
        throw new CommandException(
                Exit.PROBLEMS,
                "the definition of \"" + Printable.of(key) + "\" in " + document.name() + " has errors",
                document.origin().lint() + " shows them");
    }

    private static List<Double> checked(List<Double> stages) throws CommandException {
        double before = 0;
        for (double stage : stages) {
            if (!(stage > before && stage <= EVERYBODY)) {
                throw new CommandException(
                        Exit.USAGE,
                        "--stages: expected percentages that rise, above 0 and at most 100, found " + stages,
                        null);
            }
            before = stage;
        }
        if (stages.get(0) == EVERYBODY) {
            throw new CommandException(
                    Exit.USAGE,
                    "--stages: expected a stage below 100, found none",
                    "at 100 there is nobody left to compare with");
        }
        return stages;
    }

    private List<Double> checkedTimes() throws CommandException {
        for (double factor : times) {
            if (!(factor > 1 && factor <= 1_000)) {
                throw new CommandException(
                        Exit.USAGE, "--times: expected factors above 1 and at most 1000, found " + times, null);
            }
        }
        return times;
    }
}
