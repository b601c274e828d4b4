package dev.agentflags.cli;

import dev.agentflags.model.FlagValue;
import dev.agentflags.model.FlagValue.Sequence;
import dev.agentflags.model.FlagValue.Structure;
import dev.agentflags.model.FlagValue.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Single fields of a definition. */
final class FieldOptions {

    private static final String STATUS = "status";
    private static final double MAX_PERCENTAGE = 100;

    @Option(
            names = "--status",
            paramLabel = "STATUS",
            order = 2,
            converter = StatusName.Converter.class,
            completionCandidates = StatusName.Candidates.class,
            description =
                    "One of off, on, percentage, targeted. A flag that is new is percentage with --percentage, and"
                            + " targeted with only --target-user or --target-plan.")
    private @Nullable StatusName status;

    @Option(
            names = "--percentage",
            paramLabel = "NUMBER",
            order = 3,
            description = "The share of users, 0 to 100; fractions are allowed.")
    private @Nullable Double percentage;

    @Option(names = "--description", paramLabel = "TEXT", order = 4, description = "What the flag changes.")
    private @Nullable String description;

    @Option(
            names = "--target-user",
            paramLabel = "USER",
            order = 5,
            description = "A user that it is on for, beside those that it is on for already; may be repeated.")
    private List<String> users = List.of();

    @Option(
            names = "--target-plan",
            paramLabel = "PLAN",
            order = 6,
            description = "A plan that it is on for, beside those that it is on for already; may be repeated.")
    private List<String> plans = List.of();

    boolean isEmpty() {
        return status == null && percentage == null && description == null && users.isEmpty() && plans.isEmpty();
    }

    /** Returns a definition with these fields, in place of those that it had. */
    FlagValue applyTo(@Nullable FlagValue definition) throws CommandException {
        Map<String, FlagValue> fields = new LinkedHashMap<>();
        if (definition instanceof Structure structure) {
            fields.putAll(structure.fields());
        } else {
            fields.put(STATUS, new Text(initialStatus()));
        }
        if (status != null) {
            fields.put(STATUS, new Text(status.name()));
        }
        if (percentage != null) {
            fields.put("percentage", JsonObject.number(checked(percentage)));
        }
        if (description != null) {
            fields.put("description", new Text(description));
        }
        add(fields, "targeted_users", users);
        add(fields, "targeted_plans", plans);
        return new Structure(fields);
    }

    private String initialStatus() throws CommandException {
        if (status == null && percentage == null && users.isEmpty() && plans.isEmpty()) {
            throw new CommandException(
                    Exit.USAGE, "a new flag needs a status", "add --status off, on, percentage or targeted");
        }
        return percentage == null ? "targeted" : "percentage";
    }

    private static double checked(double percentage) throws CommandException {
        if (percentage >= 0 && percentage <= MAX_PERCENTAGE) {
            return percentage;
        }
        throw new CommandException(
                Exit.USAGE, "--percentage: expected a number from 0 to 100, found " + Percent.plain(percentage), null);
    }

    /** Where the definition has something else than a list, it is left to the store to refuse it. */
    private static void add(Map<String, FlagValue> fields, String name, List<String> texts) {
        if (texts.isEmpty()) {
            return;
        }
        List<FlagValue> items = new ArrayList<>();
        if (fields.get(name) instanceof Sequence sequence) {
            items.addAll(sequence.items());
        }
        texts.stream().map(Text::new).filter(text -> !items.contains(text)).forEach(items::add);
        fields.put(name, new Sequence(items));
    }
}
