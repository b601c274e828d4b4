package dev.agentflags.model;

import java.util.List;
import java.util.Set;

/**
 * Whom a flag treats in a way of their own.
 *
 * @param excludedUsers it is never on for
 * @param targetedUsers it is on for
 * @param rules tried in order, after the users; the first that holds decides
 * @param targetedPlans it is on for
 */
public record Targeting(
        Set<String> excludedUsers, Set<String> targetedUsers, List<Rule> rules, Set<String> targetedPlans) {

    public Targeting {
        excludedUsers = FastSet.copyOf(excludedUsers);
        targetedUsers = FastSet.copyOf(targetedUsers);
        rules = List.copyOf(rules);
        targetedPlans = FastSet.copyOf(targetedPlans);
    }
}
