package dev.agentflags.document;

import dev.agentflags.model.Definition;
import dev.agentflags.model.Flag;
import dev.agentflags.model.InvalidFlag;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Checks that flags require flags that exist, without cycles and within {@link Limits#MAX_REQUIRED}. */
final class Requirements {

    private final Map<String, Definition> flags;
    private final Place place;
    private final Problems problems;

    private Requirements(Map<String, Definition> flags, Place place, Problems problems) {
        this.flags = flags;
        this.place = place;
        this.problems = problems;
    }

    /** Returns the flags, those invalid whose requirements cannot be met; what is wrong is reported. */
    static Map<String, Definition> check(Map<String, Definition> flags, Place place, Problems problems) {
        var requirements = new Requirements(flags, place, problems);
        Map<String, Definition> checked = new LinkedHashMap<>();
        flags.forEach((key, definition) -> checked.put(key, requirements.check(definition)));
        return checked;
    }

    private Definition check(Definition definition) {
        if (!(definition instanceof Flag flag) || flag.requires().isEmpty()) {
            return definition;
        }
        int before = problems.errors();
        problems.concerning(flag.key());
        Place requires = place.child(flag.key()).child("requires");
        for (int i = 0; i < flag.requires().size(); i++) {
            if (!flags.containsKey(flag.requires().get(i))) {
                problems.error(
                        requires.child(i),
                        "expected the key of a flag, found \"" + flag.requires().get(i) + "\", which is none");
            }
        }
        Set<String> closure = new LinkedHashSet<>();
        collect(flag, closure);
        if (closure.contains(flag.key())) {
            problems.error(
                    requires,
                    "expected no cycle, found that \"" + flag.key() + "\" requires itself through " + closure);
        }
        if (closure.size() > Limits.MAX_REQUIRED) {
            problems.error(requires, "expected at most " + Limits.MAX_REQUIRED + " flags, through others included");
        }
        return problems.errors() == before
                ? flag
                : new InvalidFlag(flag.key(), flag.killSwitch(), problems.errorAfter(before));
    }

    private void collect(Flag start, Set<String> closure) {
        Set<Flag> frontier = Set.of(start);
        while (!frontier.isEmpty() && closure.size() <= Limits.MAX_REQUIRED) {
            Set<Flag> next = new HashSet<>();
            for (Flag flag : frontier) {
                for (String key : flag.requires()) {
                    if (closure.add(key) && flags.get(key) instanceof Flag required) {
                        next.add(required);
                    }
                }
            }
            frontier = next;
        }
    }
}
