package dev.agentflags.agent;

import dev.agentflags.agent.config.AgentConfig;
import dev.agentflags.agent.config.ConfigRules;
import dev.openfeature.sdk.Client;
import java.util.List;
import java.util.Set;

/**
 * What every turn of an agent is decided by. Immutable.
 *
 * @param base the code's own configuration
 * @param steps in the order in which they change it
 * @param offVariants names of variants that stand for the code's own configuration
 */
record TurnPlan(Client client, AgentConfig base, List<Step> steps, ConfigRules rules, Set<String> offVariants) {

    TurnPlan {
        steps = List.copyOf(steps);
        offVariants = Set.copyOf(offVariants);
    }

    /**
     * The steps that decide whether {@code tool} may be called. A tool that the code itself doesn't have, and that no
     * step adds to the bare configuration, was added on a condition: any toggle may have a say.
     */
    List<Step> stepsAbout(String tool) {
        var about = steps.stream()
                .filter(step -> step.touches() == null || step.touches().contains(tool))
                .toList();
        boolean conditional = about.isEmpty() && !base.tools().contains(tool);
        return conditional
                ? steps.stream()
                        .filter(step -> step.question() == Question.BOOLEAN)
                        .toList()
                : about;
    }
}
