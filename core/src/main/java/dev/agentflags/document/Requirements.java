package dev.agentflags.document;

import dev.agentflags.model.Definition;
import dev.agentflags.model.Flag;
import dev.agentflags.model.InvalidFlag;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Checks that flags require flags that exist, without cycles and within {@link Limits#MAX_REFERENCES}. */
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
        problems.concerning(flag.key());
        Place requires = place.child(flag.key()).child("requires");
        for (int i = 0; i < flag.requires().size(); i++) {
            String key = flag.requires().get(i);
            if (!flags.containsKey(key)) {
                problems.error(requires.child(i), "expected the key of a flag, found " + Found.quoted(key));
            }
        }
        String problem = References.problem(flag.key(), this::required);
        if (problem != null) {
            problems.error(requires, problem);
        }
        String error = problems.firstError();
        return error == null ? flag : new InvalidFlag(flag.key(), flag.killSwitch(), error);
    }

    private List<String> required(String key) {
        return flags.get(key) instanceof Flag flag ? flag.requires() : List.of();
    }
}
