package dev.agentflags.cli;

import dev.agentflags.cli.Paint.Tone;
import dev.agentflags.cli.Table.Cell;
import dev.agentflags.cli.Table.Column;
import dev.agentflags.model.About;
import dev.agentflags.model.Definition;
import dev.agentflags.model.Flag;
import dev.agentflags.model.FlagValue;
import dev.agentflags.model.InvalidFlag;
import dev.agentflags.model.KillSwitch;
import dev.agentflags.model.Ruleset;
import dev.agentflags.model.Status;
import dev.agentflags.model.Targeting;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The flags of a ruleset, one after the other. */
record Listing(Ruleset ruleset) {

    /** Returns the flags as a table, without the columns that no flag has anything for. */
    Table table() {
        var table = new Table(List.of(
                Column.text("FLAG"),
                Column.text("STATUS"),
                Column.number("SHARE"),
                Column.text("TARGETS"),
                Column.longText("VARIANTS"),
                Column.text("OWNER"),
                Column.text("EXPIRES"),
                Column.longText("DESCRIPTION")));
        ruleset.flags().values().forEach(definition -> table.row(row(definition)));
        return table;
    }

    private List<Cell> row(Definition definition) {
        if (definition instanceof Flag flag) {
            About about = flag.about();
            return List.of(
                    Cell.of(flag.key()),
                    status(flag),
                    flag.status() == Status.PERCENTAGE ? Cell.of(Percent.plain(flag.percentage()) + " %") : Cell.EMPTY,
                    Cell.of(targets(flag.targeting())),
                    Cell.of(String.join(", ", flag.variants().values().keySet())),
                    Cell.of(about.owner() == null ? "" : about.owner()),
                    Cell.of(about.expires() == null ? "" : about.expires().toString()),
                    Cell.of(description(flag)));
        }
        if (definition instanceof InvalidFlag invalid) {
            return List.of(
                    Cell.of(invalid.key()),
                    invalid.killSwitch().engaged() ? KILLED : new Cell("invalid", Tone.BAD),
                    Cell.EMPTY,
                    Cell.EMPTY,
                    Cell.EMPTY,
                    Cell.EMPTY,
                    Cell.EMPTY,
                    new Cell(invalid.problem(), Tone.BAD));
        }
        throw new AssertionError("not a kind of definition: " + definition);
    }

    private static final Cell KILLED = new Cell("KILLED", Tone.BAD);

    private Cell status(Flag flag) {
        if (isKilled(flag)) {
            return KILLED;
        }
        Tone tone = switch (flag.status()) {
            case OFF -> Tone.FAINT;
            case ON -> Tone.GOOD;
            case PERCENTAGE, TARGETED -> Tone.NOTABLE;
        };
        return new Cell(name(flag.status()), tone);
    }

    private boolean isKilled(Definition definition) {
        KillSwitch all = ruleset.killSwitch();
        return definition.killSwitch().engaged() || (all != null && all.engaged());
    }

    private static String name(Status status) {
        return status.name().toLowerCase(Locale.ROOT);
    }

    private static String targets(Targeting targeting) {
        List<String> parts = new ArrayList<>();
        count(parts, targeting.targetedUsers().size(), "user");
        count(parts, targeting.targetedPlans().size(), "plan");
        count(parts, targeting.rules().size(), "rule");
        if (!targeting.excludedUsers().isEmpty()) {
            parts.add("%,d excluded".formatted(targeting.excludedUsers().size()));
        }
        return String.join(", ", parts);
    }

    private static void count(List<String> parts, int count, String noun) {
        if (count > 0) {
            parts.add(String.format(Locale.ROOT, "%,d %s%s", count, noun, count == 1 ? "" : "s"));
        }
    }

    /** Why a flag is killed is more urgent than what it is for. */
    private static String description(Flag flag) {
        KillSwitch killSwitch = flag.killSwitch();
        String killed = killSwitch.engaged() ? "killed" + circumstances(killSwitch) : "";
        String description = flag.about().description();
        return killed.isEmpty() || description.isEmpty() ? killed + description : killed + " · " + description;
    }

    /** Returns who moved a switch, when and why, as far as is known, to follow a word. */
    static String circumstances(KillSwitch killSwitch) {
        return (killSwitch.by() == null ? "" : " by " + killSwitch.by())
                + (killSwitch.at() == null ? "" : " at " + killSwitch.at())
                + (killSwitch.reason() == null ? "" : ": " + killSwitch.reason());
    }

    /** Returns the flags as JSON. */
    JsonObject json() {
        KillSwitch all = ruleset.killSwitch();
        return new JsonObject()
                .put("flag_set", ruleset.flagSet())
                .put("serial", ruleset.serial())
                .put("killed", all != null && all.engaged())
                .put("flags", ruleset.flags().values().stream().map(this::json).toList());
    }

    private JsonObject json(Definition definition) {
        var object = new JsonObject().put("key", definition.key()).put("killed", isKilled(definition));
        object.put("kill_reason", killReason(definition));
        if (definition instanceof Flag flag) {
            return describe(flag, object);
        }
        if (definition instanceof InvalidFlag invalid) {
            return object.put("invalid", invalid.problem());
        }
        throw new AssertionError("not a kind of definition: " + definition);
    }

    private @Nullable String killReason(Definition definition) {
        KillSwitch all = ruleset.killSwitch();
        return all != null && all.engaged()
                ? all.reason()
                : definition.killSwitch().reason();
    }

    private static JsonObject describe(Flag flag, JsonObject object) {
        var variants = new JsonObject();
        flag.variants().values().forEach(variants::put);
        About about = flag.about();
        return object.put("status", name(flag.status()))
                .put("percentage", flag.status() == Status.PERCENTAGE ? (Double) flag.percentage() : null)
                .put("targeted_users", (Long)
                        (long) flag.targeting().targetedUsers().size())
                .put("excluded_users", (Long)
                        (long) flag.targeting().excludedUsers().size())
                .put(
                        "targeted_plans",
                        texts(flag.targeting().targetedPlans().stream().sorted().toList()))
                .put(
                        "rules",
                        texts(flag.targeting().rules().stream()
                                .map(rule -> rule.id())
                                .toList()))
                .put("variants", variants)
                .put("description", about.description())
                .put("owner", about.owner())
                .put("tags", texts(about.tags()))
                .put("expires", about.expires() == null ? null : about.expires().toString());
    }

    private static FlagValue texts(List<String> texts) {
        return new FlagValue.Sequence(
                texts.stream().<FlagValue>map(FlagValue.Text::new).toList());
    }
}
