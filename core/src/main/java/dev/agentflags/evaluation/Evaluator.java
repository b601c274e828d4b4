package dev.agentflags.evaluation;

import dev.agentflags.evaluation.Resolution.Failed;
import dev.agentflags.evaluation.Resolution.Failure;
import dev.agentflags.evaluation.Step.Row;
import dev.agentflags.model.Definition;
import dev.agentflags.model.Flag;
import dev.agentflags.model.KillSwitch;
import dev.agentflags.model.Ruleset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A ruleset, ready to be asked. Immutable, safe for use by many threads. */
public final class Evaluator {

    private final Map<String, CompiledFlag> flags;
    private final Map<String, KillSwitch> killed;
    private final @Nullable Long serial;

    private Evaluator(Map<String, CompiledFlag> flags, @Nullable Long serial) {
        this.flags = flags;
        this.killed = flags.entrySet().stream()
                .filter(flag -> flag.getValue().killSwitch().engaged())
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, flag -> flag.getValue().killSwitch()));
        this.serial = serial;
    }

    /** Prepares a ruleset: lists become sets, percentages thresholds, conditions tests. */
    public static Evaluator compile(Ruleset ruleset) {
        KillSwitch root = ruleset.killSwitch() == null ? KillSwitch.RELEASED : ruleset.killSwitch();
        var compiler = new FlagCompiler(root, new ConditionCompiler());
        Map<String, CompiledFlag> flags = new HashMap<>();
        ruleset.flags().forEach((key, definition) -> flags.put(key, compiler.compile(definition, List.of())));
        Map<String, CompiledFlag> dependent = new HashMap<>();
        for (Definition definition : ruleset.flags().values()) {
            if (definition instanceof Flag flag && !flag.requires().isEmpty()) {
                dependent.put(flag.key(), compiler.compile(flag, required(flag, ruleset, flags)));
            }
        }
        flags.putAll(dependent);
        return new Evaluator(flags, ruleset.serial());
    }

    /**
     * Returns the flags that a flag requires, directly and through others, each as it is without its own requirements. That all
     * of them are on is the same as that each required flag is on, at the cost of one look at each, cycles or not.
     */
    private static List<CompiledFlag> required(Flag flag, Ruleset ruleset, Map<String, CompiledFlag> alone) {
        Set<String> keys = new LinkedHashSet<>();
        Deque<Flag> open = new ArrayDeque<>(List.of(flag));
        while (!open.isEmpty()) {
            for (String key : open.remove().requires()) {
                if (keys.add(key) && ruleset.flags().get(key) instanceof Flag required) {
                    open.add(required);
                }
            }
        }
        return keys.stream().map(key -> alone.getOrDefault(key, missing(key))).toList();
    }

    private static CompiledFlag missing(String key) {
        return new CompiledFlag(
                key,
                List.of(new Steps.Always(Row.OFF, notFound(key), "no flag has this key")),
                null,
                KillSwitch.RELEASED);
    }

    /**
     * Evaluates a flag for a subject. Never throws and never returns null, whatever the flag and the subject.
     *
     * @param key any string
     */
    public Resolution resolve(String key, Subject subject) {
        return flag(key).resolve(subject);
    }

    /**
     * Returns a flag, ready to be asked.
     *
     * @param key any string; where there is no flag of it, the one that is returned resolves to {@link Failure#FLAG_NOT_FOUND}
     */
    public CompiledFlag flag(String key) {
        CompiledFlag flag = flags.get(key);
        return flag == null ? missing(key) : flag;
    }

    /** Says how {@link #resolve} comes to its answer. Costs more than that; not for the hot path. */
    public Explanation explain(String key, Subject subject) {
        CompiledFlag flag = flags.get(key);
        return flag == null
                ? new Explanation(key, notFound(key), List.of(), null, null, serial)
                : Explainer.explain(flag, subject, serial);
    }

    /** Returns the flags that are killed, each with the switch that kills it: its own, or the root's. */
    public Map<String, KillSwitch> killed() {
        return killed;
    }

    private static Resolution notFound(String key) {
        return new Failed(Failure.FLAG_NOT_FOUND, "no flag has the key \"" + key + "\"");
    }
}
