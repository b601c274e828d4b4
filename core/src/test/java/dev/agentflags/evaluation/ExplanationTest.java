package dev.agentflags.evaluation;

import static dev.agentflags.evaluation.Given.flags;
import static dev.agentflags.evaluation.Given.nobody;
import static dev.agentflags.evaluation.Given.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.agentflags.evaluation.Explanation.Step;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExplanationTest {

    private static final String DOCUMENT = """
            {'version': 1, 'lineage': 'l', 'serial': 42, 'flags': {
              'new_reasoning_prompt': {'status': 'percentage', 'percentage': 25, 'targeted_users': ['alice'],
                   'rules': [{'id': 'hold', 'when': {'attribute': 'region', 'op': 'exists'}, 'serve': 'off'}],
                   'targeted_plans': ['enterprise']},
              'base': {'status': 'off'},
              'dependent': {'status': 'on', 'requires': ['base']},
              'killed': {'status': 'on', 'kill_switch': {'engaged': true, 'reason': 'bad answers', 'by': 'bo',
                         'at': '2026-11-22T12:00:00Z'}}}}""";

    @Test
    void lists_the_rows_of_the_table_up_to_the_one_that_decided() {
        Explanation explanation =
                flags(DOCUMENT).explain("new_reasoning_prompt", user("bob").onPlan("free"));

        assertThat(explanation.steps())
                .containsExactly(
                        new Step(1, "kill switch", "not engaged", false),
                        new Step(2, "status off", "the status is another", false),
                        new Step(3, "required flags", "none", false),
                        new Step(4, "excluded users", "none", false),
                        new Step(5, "targeted users", "user \"bob\", 1 listed", false),
                        new Step(6, "rules", "\"hold\" does not hold", false),
                        new Step(7, "targeted plans", "plan \"free\", listed are [enterprise]", false),
                        new Step(8, "on for everyone", "the status is another", false),
                        new Step(9, "percentage", "bucket 12.8425, in below 25", true));
        assertThat(explanation.bucket()).isEqualTo(12.842570178406913);
        assertThat(explanation.percentage()).isEqualTo(25);
        assertThat(explanation.serial()).isEqualTo(42);
    }

    @Test
    void says_who_killed_the_flag_when_and_why() {
        assertThat(flags(DOCUMENT).explain("killed", nobody()).steps())
                .containsExactly(
                        new Step(1, "kill switch", "engaged by bo at 2026-11-22T12:00:00Z because bad answers", true));
    }

    @Test
    void names_the_required_flag_that_is_not_on() {
        assertThat(flags(DOCUMENT).explain("dependent", nobody()).steps())
                .last()
                .isEqualTo(new Step(3, "required flags", "\"base\" is not on", true));
    }

    @Test
    void says_what_is_missing_to_bucket_by() {
        Explanation explanation = flags(DOCUMENT).explain("new_reasoning_prompt", nobody());

        assertThat(explanation.steps()).last().isEqualTo(new Step(9, "percentage", "no user to bucket by", true));
        assertThat(explanation.bucket()).isNull();
    }

    @Test
    void of_a_flag_with_errors_says_which() {
        assertThat(flags("{'f': {'status': 'perhaps'}, 'g': {'status': 'on'}}")
                        .explain("f", nobody())
                        .steps())
                .containsExactly(new Step(
                        1,
                        "kill switch",
                        "not engaged, but the flag's definition has errors: /f/status: expected one of [off, on, percentage,"
                                + " targeted], found \"perhaps\"",
                        true));
    }

    @Test
    void of_an_unknown_flag_has_no_steps() {
        Evaluator evaluator = flags(DOCUMENT);

        assertThat(evaluator.explain("unknown", nobody()))
                .isEqualTo(
                        new Explanation("unknown", evaluator.resolve("unknown", nobody()), List.of(), null, null, 42L));
    }

    @Test
    void always_comes_to_what_the_evaluation_comes_to() {
        Evaluator evaluator = flags(DOCUMENT);
        for (String key : List.of("new_reasoning_prompt", "base", "dependent", "killed")) {
            for (Subject subject : List.of(
                    nobody(),
                    user("alice"),
                    user("bob"),
                    user("carol").onPlan("enterprise"),
                    user("x").with("region", "eu"))) {
                Explanation explanation = evaluator.explain(key, subject);
                assertThat(explanation.resolution()).isEqualTo(evaluator.resolve(key, subject));
                assertThat(explanation.steps().stream().filter(Step::decided)).hasSize(1);
            }
        }
    }
}
