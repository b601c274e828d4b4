package dev.agentflags.config;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The properties in force. Immutable.
 *
 * <p>What the code says beats system properties, these beat the environment, and that beats {@code agentflags.properties} on the
 * class path. In the environment a property is written in upper case, with {@code _} for {@code .} and {@code -}.
 */
public final class Settings {

    /** What every property of ours starts with. */
    public static final String PREFIX = "agentflags.";

    static final String PLAN_ATTRIBUTE = PREFIX + "plan-attribute";
    private static final Pattern SHORT_DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)");

    private final Map<String, String> code;
    private final Map<String, String> system;
    private final Function<String, @Nullable String> environment;
    private final Map<String, String> classPath;

    /**
     * Makes settings.
     *
     * @param environment returns a variable's value, or null; only asked for properties that are known, because a platform may
     *     put variables of its own beside ours
     */
    Settings(
            Map<String, String> code,
            Map<String, String> system,
            Function<String, @Nullable String> environment,
            Map<String, String> classPath) {
        this.code = Map.copyOf(code);
        this.system = Map.copyOf(system);
        this.environment = environment;
        this.classPath = Map.copyOf(classPath);
    }

    /** Returns a property's value without surrounding space, or null where it is not set. */
    public @Nullable String get(String property) {
        String value = code.get(property);
        value = value == null ? system.get(property) : value;
        value = value == null ? environment.apply(variable(property)) : value;
        value = value == null ? classPath.get(property) : value;
        return value == null || value.isBlank() ? null : value.strip();
    }

    /** Returns a property's value, or another where it is not set. */
    public String get(String property, String fallback) {
        String value = get(property);
        return value == null ? fallback : value;
    }

    /** Returns the name of the context attribute that holds the user's plan, which is the same for providers of every kind. */
    public String planAttribute() {
        return get(PLAN_ATTRIBUTE, "plan");
    }

    /**
     * Returns a property as a duration, such as {@code 500ms}, {@code 10s}, {@code 5m}, {@code 1h} or {@code PT10S}.
     *
     * @throws ConfigurationException if it is none
     */
    public Duration duration(String property, Duration fallback) {
        String value = get(property);
        return value == null ? fallback : parse(property, value);
    }

    private static Duration parse(String property, String value) {
        Matcher matcher = SHORT_DURATION.matcher(value);
        if (matcher.matches()) {
            long amount = Long.parseLong(matcher.group(1));
            return switch (matcher.group(2)) {
                case "ms" -> Duration.ofMillis(amount);
                case "s" -> Duration.ofSeconds(amount);
                case "m" -> Duration.ofMinutes(amount);
                default -> Duration.ofHours(amount);
            };
        }
        try {
            return Duration.parse(value);
        } catch (DateTimeException e) {
            throw new ConfigurationException(
                    "%s: expected a duration such as 500ms, 10s, 5m or PT10S, found \"%s\"".formatted(property, value));
        }
    }

    /** Returns the name that a property has in the environment. */
    static String variable(String property) {
        return property.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }

    /** Returns the properties of ours that are set anywhere but in the environment. */
    Set<String> names() {
        Set<String> names = new TreeSet<>(code.keySet());
        names.addAll(system.keySet());
        names.addAll(classPath.keySet());
        names.removeIf(name -> !name.startsWith(PREFIX));
        return names;
    }
}
