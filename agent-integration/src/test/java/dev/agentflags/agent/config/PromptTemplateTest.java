package dev.agentflags.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PromptTemplateTest {

    private static final Map<String, String> VARIABLES = Map.of(
            "name",
            "O'Brien & <Co>",
            "a.b",
            "dotted",
            "_x1",
            "$1\\",
            "loop",
            "{{name}}",
            "empty",
            "",
            "azAZ_09.",
            "v",
            "z",
            "w");

    @Nested
    class Renders {

        @ParameterizedTest(name = "{0} as {1}")
        @CsvSource(
                quoteCharacter = '"',
                value = {
                    "plain, plain",
                    "{{name}}, O'Brien & <Co>",
                    "a {{name}} b {{a.b}} c, a O'Brien & <Co> b dotted c",
                    "{{azAZ_09.}}{{z}}, vw",
                    "{{_x1}}{{_x1}}, $1\\$1\\",
                    "{{loop}}, {{name}}",
                    "[{{empty}}], []",
                    "{ {name} } }}, { {name} } }}"
                })
        void every_variable_verbatim_and_once(String template, String rendered) {
            var prompt = new PromptTemplate(template);
            assertThat(prompt.problem(VARIABLES)).isNull();
            assertThat(prompt.render(VARIABLES)).isEqualTo(rendered);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{{nobody}}",
                    "{{",
                    "{{}}",
                    "{{ name }}",
                    "{{#name}}",
                    "{{> file}}",
                    "{{{name",
                    "{{na-me}}",
                    "{{na/me}}",
                    "{{na:me}}",
                    "{{@x}}",
                    "{{[x}}",
                    "{{`x}}"
                })
        void what_is_no_variable_as_it_is_written(String template) {
            var prompt = new PromptTemplate(template);
            assertThat(prompt.problem(VARIABLES)).isNotNull();
            assertThat(prompt.render(VARIABLES)).isEqualTo(template);
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "Hi {{nobody}}, missing variable nobody",
                "Hi {{name}} {{nobody}}, missing variable nobody",
                "Hi {{ name }}, \"expected {{name}} at character 3, found another {{\"",
                "{{{name}}}, \"expected {{name}} at character 0, found another {{\"",
                "{{user.apiKey}}, missing variable user.apiKey",
                "{{1st}}, \"expected {{name}} at character 0, found another {{\"",
                "{{=<% %>=}}, \"expected {{name}} at character 0, found another {{\""
            })
    void says_what_keeps_it_from_being_rendered(String template, String problem) {
        assertThat(new PromptTemplate(template).problem(VARIABLES)).isEqualTo(problem);
    }

    @Test
    void costs_no_copy_where_there_is_nothing_to_render() {
        String text = "Be helpful.";
        assertThat(new PromptTemplate(text).render(VARIABLES)).isSameAs(text);
    }
}
