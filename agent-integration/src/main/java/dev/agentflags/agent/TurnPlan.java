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
 * @param everyTurn flags of which conversations keep nothing
 */
record TurnPlan(
        Client client,
        AgentConfig base,
        List<Step> steps,
        ConfigRules rules,
        Set<String> offVariants,
        Set<String> everyTurn) {

    TurnPlan {
        steps = List.copyOf(steps);
        offVariants = Set.copyOf(offVariants);
        everyTurn = Set.copyOf(everyTurn);
    }

    /** Whether any flag has a say in which tools there are. */
    boolean changesTools() {
        return steps.stream().anyMatch(Step::changesTools);
    }
}
