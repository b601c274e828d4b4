package dev.agentflags.evaluation;

import dev.agentflags.evaluation.Resolution.CallerDefault;
import dev.agentflags.evaluation.Resolution.Failed;
import dev.agentflags.evaluation.Resolution.Failure;
import dev.agentflags.evaluation.Resolution.Served;
import dev.agentflags.evaluation.Step.Row;
import dev.agentflags.model.Definition;
import dev.agentflags.model.Flag;
import dev.agentflags.model.FlagValue;
import dev.agentflags.model.InvalidFlag;
import dev.agentflags.model.KillSwitch;
import dev.agentflags.model.Status;
import dev.agentflags.model.Targeting;
import dev.agentflags.model.Treatment.Single;
import dev.agentflags.model.Treatment.Split;
import dev.agentflags.model.Variants;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes steps of one definition: the table of semantics, from top to bottom. Not safe for use by many threads. */
final class FlagCompiler {

    private static final double EVERYONE = 100;

    private record Answer(String variant, Reason reason) {}

    private final KillSwitch root;
    private final ConditionCompiler conditions;

    /** What there is to serve, once for all flags that share their variants, as those do that say nothing about them. */
    private final IdentityHashMap<Variants, Map<Answer, Serving.Fixed>> answers = new IdentityHashMap<>();

    FlagCompiler(KillSwitch root, ConditionCompiler conditions) {
        this.root = root;
        this.conditions = conditions;
    }

    /**
     * Compiles a definition.
     *
     * @param required the flags that must be on first, those that they require included
     */
    CompiledFlag compile(Definition definition, List<CompiledFlag> required) {
        KillSwitch killSwitch = root.engaged() ? root : definition.killSwitch();
        if (definition instanceof InvalidFlag invalid) {
            return new CompiledFlag(invalid.key(), invalid(invalid, killSwitch), null, killSwitch);
        }
        if (definition instanceof Flag flag) {
            return new CompiledFlag(
                    flag.key(),
                    steps(flag, killSwitch, required),
                    flag.variants().off(),
                    killSwitch);
        }
        throw new AssertionError("not a kind of definition: " + definition);
    }

    private static List<Step> invalid(InvalidFlag flag, KillSwitch killSwitch) {
        if (killSwitch.engaged()) {
            var killed = new CallerDefault(Reason.KILLED);
            return List.of(new Steps.Always(Row.KILL_SWITCH, killed, describe(killSwitch)));
        }
        String problem = "the flag's definition has errors: " + flag.problem();
        return List.of(new Steps.Always(
                Row.KILL_SWITCH, new Failed(Failure.PARSE_ERROR, problem), describe(killSwitch) + ", but " + problem));
    }

    private List<Step> steps(Flag flag, KillSwitch killSwitch, List<CompiledFlag> required) {
        if (killSwitch.engaged()) {
            return List.of(new Steps.Always(Row.KILL_SWITCH, off(flag, Reason.KILLED), describe(killSwitch)));
        }
        if (flag.status() == Status.OFF) {
            Reason reason = flag.variants().off() == null ? Reason.DISABLED : Reason.STATIC;
            return List.of(new Steps.Always(Row.OFF, off(flag, reason), "yes"));
        }
        List<Step> steps = new ArrayList<>();
        if (!required.isEmpty()) {
            steps.add(new Steps.Requires(List.copyOf(required), off(flag, Reason.DEFAULT)));
        }
        target(flag, steps);
        steps.add(last(flag, steps.isEmpty()));
        return steps;
    }

    private void target(Flag flag, List<Step> steps) {
        Targeting targeting = flag.targeting();
        Serving on = serving(flag, Reason.TARGETING_MATCH);
        if (!targeting.excludedUsers().isEmpty()) {
            Serving off = new Serving.Fixed(off(flag, Reason.TARGETING_MATCH));
            steps.add(new Steps.Users(Row.EXCLUDED_USERS, targeting.excludedUsers(), off));
        }
        if (!targeting.targetedUsers().isEmpty()) {
            steps.add(new Steps.Users(Row.TARGETED_USERS, targeting.targetedUsers(), on));
        }
        targeting
                .rules()
                .forEach(rule -> steps.add(new Steps.Rule(
                        rule.id(),
                        conditions.compile(rule.when()),
                        served(flag.variants(), rule.serve(), Reason.TARGETING_MATCH))));
        Set<String> plans = targeting.targetedPlans();
        if (!plans.isEmpty()) {
            steps.add(new Steps.Plans(plans, on));
        }
    }

    private Step last(Flag flag, boolean nothingBefore) {
        boolean everyone =
                flag.status() == Status.ON || (flag.status() == Status.PERCENTAGE && flag.percentage() >= EVERYONE);
        if (everyone) {
            return new Steps.Everyone(serving(flag, nothingBefore ? Reason.STATIC : Reason.DEFAULT));
        }
        if (flag.status() == Status.PERCENTAGE) {
            return new Steps.Share(
                    new Bucketer(flag.bucketing().by(), flag.bucketing().seed()),
                    Bucket.threshold(flag.percentage()),
                    flag.percentage(),
                    serving(flag, Reason.SPLIT),
                    off(flag, Reason.SPLIT));
        }
        return new Steps.Always(Row.NOBODY_ELSE, off(flag, Reason.DEFAULT), "no list and no rule names the subject");
    }

    private Serving serving(Flag flag, Reason reason) {
        if (flag.variants().on() instanceof Single single) {
            return fixed(flag.variants(), single.variant(), reason);
        }
        if (flag.variants().on() instanceof Split split) {
            // a named subject keeps the reason that it was named; for everyone else it was the hash that decided
            Reason drawn = reason == Reason.TARGETING_MATCH ? reason : Reason.SPLIT;
            return drawn(flag, split, drawn);
        }
        throw new AssertionError("not a kind of treatment: " + flag.variants().on());
    }

    private Serving drawn(Flag flag, Split split, Reason reason) {
        double total = 0;
        for (double weight : split.weights().values()) {
            total += weight;
        }
        List<Serving.Drawn.Share> shares = new ArrayList<>();
        double sum = 0;
        for (var weight : split.weights().entrySet()) {
            sum += weight.getValue();
            shares.add(new Serving.Drawn.Share(
                    Bucket.threshold(sum / total * EVERYONE), served(flag.variants(), weight.getKey(), reason)));
        }
        var bucketer = new Bucketer(flag.bucketing().by(), flag.bucketing().seed() + ":split");
        return new Serving.Drawn(bucketer, List.copyOf(shares));
    }

    private Resolution off(Flag flag, Reason reason) {
        String off = flag.variants().off();
        return off == null ? new CallerDefault(reason) : served(flag.variants(), off, reason);
    }

    private Resolution served(Variants variants, String variant, Reason reason) {
        return fixed(variants, variant, reason).resolution();
    }

    private Serving.Fixed fixed(Variants variants, String variant, Reason reason) {
        return answers.computeIfAbsent(variants, first -> new HashMap<>())
                .computeIfAbsent(new Answer(variant, reason), first -> {
                    FlagValue value = variants.values().get(variant);
                    if (value == null) {
                        throw new IllegalArgumentException("no variant is called " + variant);
                    }
                    return new Serving.Fixed(new Served(variant, value, reason));
                });
    }

    private static String describe(KillSwitch killSwitch) {
        if (!killSwitch.engaged()) {
            return "not engaged";
        }
        return "engaged"
                + said("by", killSwitch.by())
                + said("at", killSwitch.at() == null ? null : killSwitch.at().toString())
                + said("because", killSwitch.reason());
    }

    private static String said(String word, @Nullable String what) {
        return what == null ? "" : " " + word + " " + what;
    }
}
