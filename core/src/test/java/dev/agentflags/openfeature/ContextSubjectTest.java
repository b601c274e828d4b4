package dev.agentflags.openfeature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.openfeature.sdk.ImmutableContext;
import dev.openfeature.sdk.LayeredEvaluationContext;
import dev.openfeature.sdk.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ContextSubjectTest {

    private final List<String> asked = new ArrayList<>();
    private final ContextSubject subject = new ContextSubject(
            new LayeredEvaluationContext(
                    null,
                    null,
                    null,
                    new ImmutableContext("alice", Map.of("plan", new Value("pro"), "region", new Value("de")))) {
                @Override
                public Value getValue(String key) {
                    asked.add(key);
                    return super.getValue(key);
                }
            },
            "plan");

    @Test
    void asks_the_context_once_for_an_attribute_that_many_rules_in_a_row_ask_for() {
        for (int i = 0; i < 100; i++) {
            assertThat(subject.attribute("region")).isEqualTo("de");
        }
        assertThat(asked).containsExactly("region");
    }

    @Test
    void tells_attributes_apart_and_those_that_are_not_there() {
        assertThat(subject.attribute("nothing")).isNull();
        assertThat(subject.attribute("region")).isEqualTo("de");
        assertThat(subject.plan()).isEqualTo("pro");
        assertThat(subject.attribute("nothing")).isNull();
        assertThat(subject.attribute("region")).isEqualTo("de");
        assertThat(subject.user()).isEqualTo("alice");
    }

    @Test
    void of_no_context_is_nobody() {
        var nobody = new ContextSubject(null, "plan");

        assertThat(nobody.user()).isNull();
        assertThat(nobody.plan()).isNull();
        assertThat(nobody.attribute("region")).isNull();
    }
}
