package dev.agentflags.cli;

import dev.agentflags.model.FlagValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whom flags are evaluated for. */
final class SubjectOptions {

    @Option(
            names = {"-u", "--user"},
            paramLabel = "USER",
            order = 2,
            description = "The user, which is OpenFeature's targeting key.")
    private @Nullable String user;

    @Option(
            names = {"-p", "--plan"},
            paramLabel = "PLAN",
            order = 3,
            description = "The user's plan.")
    private @Nullable String plan;

    @Option(
            names = {"-A", "--attribute"},
            paramLabel = "NAME=VALUE",
            order = 4,
            description = {
                "Another attribute; may be repeated. VALUE is a number or a boolean where it looks like one, else a"
                        + " string. NAME='\"12\"' is the string, NAME:=JSON any value."
            })
    private List<String> attributes = List.of();

    @Nullable
    String user() {
        return user;
    }

    /** Returns whom the options name. */
    Person person() throws CommandException {
        Map<String, FlagValue> parsed = new LinkedHashMap<>();
        for (String text : attributes) {
            NamedValue attribute = NamedValue.parse(text);
            if (parsed.put(attribute.name(), attribute.value()) != null) {
                throw new CommandException(
                        Exit.USAGE, "--attribute " + attribute.name() + " is given twice", "give it once");
            }
        }
        return new Person(user, plan, parsed);
    }
}
