package dev.agentflags.document;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentflags.model.Condition;
import dev.agentflags.model.Rule;
import dev.agentflags.model.Variants;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the rules of one flag. */
final class RulesReader {

    private final @Nullable Variants variants;
    private final ConditionReader conditions;
    private final Problems problems;
    private final Set<String> ids = new HashSet<>();
    private int count;

    /**
     * Makes a reader.
     *
     * @param variants what the rules can serve, or null where that is not known, because it has errors
     */
    RulesReader(@Nullable Variants variants, ConditionReader conditions, Problems problems) {
        this.variants = variants;
        this.conditions = conditions;
        this.problems = problems;
    }

    List<Rule> read(Fields flag) {
        return flag.items("rules", this::rule);
    }

    private @Nullable Rule rule(JsonNode node, Place place) {
        count++;
        Fields fields = Fields.of(node, place, problems);
        if (fields == null) {
            return null;
        }
        String id = id(fields);
        Condition when = when(fields);
        String serve = serve(fields);
        fields.warnOfUnknown();
        return when == null || serve == null ? null : new Rule(id, when, serve);
    }

    private String id(Fields fields) {
        String given = fields.name("id");
        String id = given == null ? "rule-" + count : given;
        if (!ids.add(id)) {
            fields.error("id", "expected an id of its own, found " + Found.quoted(id) + " for the second time");
        }
        return id;
    }

    private @Nullable Condition when(Fields fields) {
        fields.require("when", "a condition");
        JsonNode node = fields.node("when");
        return node == null ? null : conditions.readWhen(node, fields.place().child("when"));
    }

    private @Nullable String serve(Fields fields) {
        fields.require("serve", "the name of a variant");
        String serve = fields.text("serve");
        if (serve != null && variants != null) {
            VariantsReader.requireVariant(
                    fields, "serve", serve, variants.values().keySet());
        }
        return serve;
    }
}
