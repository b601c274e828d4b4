package dev.agentflags.evaluation;

import static dev.agentflags.evaluation.Given.flags;
import static dev.agentflags.evaluation.Given.user;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompiledFlagTest {

    private static final String OTHERS = """
            'by_user': {'status': 'percentage', 'percentage': 50}, 'by_plan': {'status': 'targeted', 'targeted_plans': ['pro']}""";

    private static CompiledFlag flag(String definition) {
        return flags("{'f': {%s}, %s}".formatted(definition, OTHERS)).flag("f");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'status': 'off'",
                "'status': 'on'",
                "'status': 'on', 'kill_switch': true",
                "'status': 'on', 'excluded_users': ['user-3']",
                "'status': 'percentage', 'percentage': 25, 'targeted_users': ['user-3', 'user-4']",
                "'status': 'targeted', 'targeted_users': ['user-3']",
                "'status': 'on', 'split': {'on': 1, 'off': 1}",
                "'status': 'on', 'requires': ['by_user']",
                "'status': 'percentage', 'percentage': 'x'"
            })
    void answers_for_a_user_alone_as_for_a_subject_where_that_is_all_it_asks_for(String definition) {
        CompiledFlag flag = flag(definition);

        assertThat(flag.asksForUserOnly()).isTrue();
        assertThat(flag.resolveFor(null)).isEqualTo(flag.resolve(Given.nobody()));
        for (int i = 0; i < 100; i++) {
            assertThat(flag.resolveFor("user-" + i)).isEqualTo(flag.resolve(user("user-" + i)));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'status': 'targeted', 'targeted_plans': ['pro']",
                "'status': 'on', 'rules': [{'when': {'attribute': 'user', 'op': 'exists'}, 'serve': 'off'}]",
                "'status': 'percentage', 'percentage': 25, 'bucket_by': 'team'",
                "'status': 'on', 'split': {'on': 1, 'off': 1}, 'bucket_by': 'team'",
                "'status': 'on', 'requires': ['by_user', 'by_plan']"
            })
    void says_so_where_it_asks_for_more(String definition) {
        assertThat(flag(definition).asksForUserOnly()).isFalse();
    }

    @Test
    void is_not_found_where_there_is_none() {
        Evaluator evaluator = flags("{" + OTHERS + "}");
        CompiledFlag missing = evaluator.flag("nobody-has-it");

        assertThat(missing.resolveFor("alice")).isInstanceOf(Resolution.Failed.class);
        assertThat(missing.resolveFor("alice")).isEqualTo(evaluator.resolve("nobody-has-it", user("alice")));
    }
}
