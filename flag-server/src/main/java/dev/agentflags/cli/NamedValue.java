package dev.agentflags.cli;

import dev.agentflags.document.DocumentException;
import dev.agentflags.document.JsonText;
import dev.agentflags.model.FlagValue;
import java.util.List;
import java.util.regex.Pattern;

/**
 * An attribute as the command line gives it.
 *
 * @param name the attribute's
 * @param value a string, number or boolean, or with {@code :=} any JSON
 */
record NamedValue(String name, FlagValue value) {

    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?");
    private static final List<String> LITERALS = List.of("true", "false");

    /** Reads {@code name=value} or {@code name:=json}. */
    static NamedValue parse(String text) throws CommandException {
        int equals = text.indexOf('=');
        boolean json = equals > 0 && text.charAt(equals - 1) == ':';
        String name = equals < 0 ? "" : text.substring(0, json ? equals - 1 : equals);
        if (name.isBlank()) {
            throw wrong(text, "expected NAME=VALUE or NAME:=JSON");
        }
        refuseReserved(name);
        String value = text.substring(equals + 1);
        return new NamedValue(name, json || looksLikeJson(value) ? json(text, value) : new FlagValue.Text(value));
    }

    private static void refuseReserved(String name) throws CommandException {
        switch (name) {
            case "user", "targetingKey" -> throw wrong(name, "the user is given with --user");
            case "plan" -> throw wrong(name, "the plan is given with --plan");
            default -> {}
        }
    }

    private static boolean looksLikeJson(String value) {
        boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        return quoted || LITERALS.contains(value) || NUMBER.matcher(value).matches();
    }

    /** A number that JSON allows but we cannot hold is an error rather than, silently, a string. */
    private static FlagValue json(String text, String value) throws CommandException {
        try {
            return JsonText.read(value);
        } catch (DocumentException e) {
            throw wrong(text, e.problems().get(0).message());
        }
    }

    private static CommandException wrong(String text, String message) {
        return new CommandException(Exit.USAGE, "--attribute " + text + ": " + message, null);
    }
}
