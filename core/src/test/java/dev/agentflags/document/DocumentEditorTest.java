package dev.agentflags.document;

import static dev.agentflags.document.Documents.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.agentflags.model.Flag;
import dev.agentflags.model.FlagValue;
import dev.agentflags.model.FlagValue.Bool;
import dev.agentflags.model.FlagValue.Decimal;
import dev.agentflags.model.FlagValue.Sequence;
import dev.agentflags.model.FlagValue.Structure;
import dev.agentflags.model.FlagValue.Text;
import dev.agentflags.model.FlagValue.Whole;
import dev.agentflags.model.KillSwitch;
import dev.agentflags.model.Revision;
import dev.agentflags.model.Ruleset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentEditorTest {

    private static final Bool TRUE = new Bool(true);
    private static final Structure ON = structure("status", new Text("on"));

    private static Structure structure(String name, FlagValue value) {
        return new Structure(Map.of(name, value));
    }

    private static DocumentEditor open(String document) {
        try {
            return DocumentEditor.open(document);
        } catch (DocumentException e) {
            throw new AssertionError(e);
        }
    }

    private static String edited(String document, Consumer<DocumentEditor> edit) {
        DocumentEditor editor = open(json(document));
        edit.accept(editor);
        return editor.text().replace('"', '\'');
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{ }",
                " \n{ 'a' : { 'status':'on' } ,\r\n\t'b':{'status' : 'off'}}\n\n",
                "{'version': 1, 'flags': {}}",
                "{'version': 1.0, 'flags': { }, 'x-1': [1.10, 1E5, 25.0, -0, -0.0, 1e-7, 100000000000000000000]}",
                "{'f': {'status': 'on', 'description': '\\u00e9 \\/ \\t é 😀 \\ud83d\\ude00', 'x-{': '}]\\\\\\'', 'x-e': {}, 'x-l': [ ]}}"
            })
    void leaves_what_it_does_not_change_as_it_is_written(String document) {
        assertThat(edited(document, editor -> {})).isEqualTo(document);
    }

    @Nested
    class SettingAField {

        @Test
        void replaces_it_where_it_stands() {
            assertThat(edited(
                            "{'a': {'percentage' :  1.10 , 'x-n': 1E5, 'status': 'on'}, 'b': {}}",
                            editor -> editor.setField("a", "percentage", new Whole(5))))
                    .isEqualTo("{'a': {'percentage' :  5 , 'x-n': 1E5, 'status': 'on'}, 'b': {}}");
        }

        @Test
        void adds_it_below_the_others_where_they_stand_below_each_other() {
            assertThat(edited("""
                            {
                                'a': {
                                    'status': 'on',
                                    'percentage': 25.0
                                },
                                'b': {}
                            }
                            """, editor -> editor.setField("a", "kill_switch", structure("engaged", TRUE))))
                    .isEqualTo("""
                            {
                                'a': {
                                    'status': 'on',
                                    'percentage': 25.0,
                                    'kill_switch': {
                                      'engaged': true
                                    }
                                },
                                'b': {}
                            }
                            """);
        }

        @Test
        void adds_it_beside_the_others_where_they_stand_beside_each_other() {
            Consumer<DocumentEditor> edit = editor -> editor.setField("a", "kill_switch", structure("engaged", TRUE));
            assertThat(edited("{\n  'a': { 'status': 'on' }\n}", edit))
                    .isEqualTo("{\n  'a': { 'status': 'on', 'kill_switch': {'engaged': true} }\n}");
            assertThat(edited("{'a': {'status': 'on', 'x': 1}}", edit))
                    .isEqualTo("{'a': {'status': 'on', 'x': 1, 'kill_switch': {'engaged': true}}}");
            assertThat(edited("{'a':{'status':'on'}}", edit))
                    .isEqualTo("{'a':{'status':'on','kill_switch':{'engaged':true}}}");
        }

        @Test
        void keeps_the_line_breaks_of_the_file() {
            assertThat(edited(
                            "{\r\n\t'a': {\r\n\t\t'status': 'on'\r\n\t}\r\n}\r\n",
                            editor -> editor.setField("a", "k", structure("e", TRUE))))
                    .isEqualTo(
                            "{\r\n\t'a': {\r\n\t\t'status': 'on',\r\n\t\t'k': {\r\n\t\t  'e': true\r\n\t\t}\r\n\t}\r\n}\r\n");
        }

        @Test
        void finds_flags_and_fields_by_what_their_names_mean() {
            assertThat(edited("{'\\u0061': {'st\\u0061tus': 'on'}}", editor -> editor.setField("a", "status", TRUE)))
                    .isEqualTo("{'\\u0061': {'st\\u0061tus': true}}");
        }

        @ParameterizedTest
        @ValueSource(strings = {"none", "list", "text", "$schema"})
        void needs_a_flag_that_is_an_object(String key) {
            DocumentEditor editor = open(json("{'$schema': '{}', 'list': [], 'text': '{}'}"));
            assertThatIllegalArgumentException().isThrownBy(() -> editor.setField(key, "status", TRUE));
        }
    }

    @Nested
    class PuttingAFlag {

        @Test
        void adds_it_as_the_last_one() {
            assertThat(edited("{\n  'a': {}\n}\n", editor -> editor.putFlag("b", ON)))
                    .isEqualTo("{\n  'a': {},\n  'b': {\n    'status': 'on'\n  }\n}\n");
            assertThat(edited("{'version': 1, 'flags': {'a': {}}}", editor -> editor.putFlag("b", ON)))
                    .isEqualTo("{'version': 1, 'flags': {'a': {}, 'b': {'status': 'on'}}}");
        }

        @Test
        void replaces_it_where_it_stands() {
            assertThat(edited("{'a': {'x': [1,2]},  'b': {}}", editor -> editor.putFlag("a", ON)))
                    .isEqualTo("{'a': {'status': 'on'},  'b': {}}");
        }

        @Test
        void lays_out_the_first_one_of_an_empty_document() {
            assertThat(edited("{\n  'version': 1,\n  'flags': {}\n}\n", editor -> editor.putFlag("a", ON)))
                    .isEqualTo("{\n  'version': 1,\n  'flags': {\n    'a': {\n      'status': 'on'\n    }\n  }\n}\n");
            assertThat(edited("{'version': 1, 'flags': { }}", editor -> editor.putFlag("a", ON)))
                    .isEqualTo("{'version': 1, 'flags': {'a': {'status': 'on'}}}");
        }

        @Test
        void writes_lists_on_one_line() {
            Map<String, FlagValue> fields = new LinkedHashMap<>();
            fields.put("status", new Text("on"));
            fields.put(
                    "tags",
                    new Sequence(List.of(new Text("é\n"), new Whole(1), new Decimal(25), new Sequence(List.of()))));
            fields.put("guard", new Structure(Map.of()));
            fields.put("none", new FlagValue.Null());
            assertThat(edited("{\n  'a': {}\n}", editor -> editor.putFlag("a", new Structure(fields))))
                    .isEqualTo(
                            "{\n  'a': {\n    'status': 'on',\n    'tags': ['é\\n', 1, 25.0, []],\n    'guard': {},\n"
                                    + "    'none': null\n  }\n}");
        }
    }

    @Nested
    class RemovingAFlag {

        @Test
        void leaves_the_others() {
            String three = "{\n  'a': {},\n  'b': {},\n  'c': {}\n}\n";
            assertThat(edited(three, editor -> editor.removeFlag("a"))).isEqualTo("{\n  'b': {},\n  'c': {}\n}\n");
            assertThat(edited(three, editor -> editor.removeFlag("b"))).isEqualTo("{\n  'a': {},\n  'c': {}\n}\n");
            assertThat(edited(three, editor -> editor.removeFlag("c"))).isEqualTo("{\n  'a': {},\n  'b': {}\n}\n");
        }

        @Test
        void may_leave_none() {
            assertThat(edited("{'version': 1, 'flags': {\n 'a': {} } }", editor -> editor.removeFlag("a")))
                    .isEqualTo("{'version': 1, 'flags': {} }");
        }

        @Test
        void changes_nothing_where_there_is_none() {
            String document = "{'$schema': 's', 'a': {}}";
            assertThat(edited(document, editor -> editor.removeFlag("b"))).isEqualTo(document);
            assertThat(edited(document, editor -> editor.removeFlag("$schema"))).isEqualTo(document);
        }
    }

    @Nested
    class SettingTheRoot {

        @Test
        void replaces_a_field_where_it_stands() {
            assertThat(edited(
                            "{'serial': 1, 'version': 1, 'flags': {}, 'x': 1.10}",
                            editor -> editor.setRoot("serial", new Whole(2))))
                    .isEqualTo("{'serial': 2, 'version': 1, 'flags': {}, 'x': 1.10}");
        }

        @Test
        void adds_a_field_above_the_flags() {
            assertThat(edited(
                            "{\n  'version': 1,\n  'flags': {},\n  'x': 1\n}\n",
                            editor -> editor.setRoot("serial", new Whole(2))))
                    .isEqualTo("{\n  'version': 1,\n  'serial': 2,\n  'flags': {},\n  'x': 1\n}\n");
            assertThat(edited("{'flags': {}, 'version': 1}", editor -> editor.setRoot("serial", new Whole(2))))
                    .isEqualTo("{'serial': 2, 'flags': {}, 'version': 1}");
        }

        @Test
        void wraps_the_minimal_form() {
            assertThat(edited("""
                            {
                                '$schema': 'https://example.com/\\u0073',
                                'a': {
                                    'status': 'on', 'percentage': 1.10
                                },
                                'b': { 'status': 'off' }
                            }
                            """, editor -> editor.setRoot("kill_switch", TRUE)))
                    .isEqualTo("""
                            {
                                '$schema': 'https://example.com/s',
                                'version': 1,
                                'kill_switch': true,
                                'flags': {
                                    'a': {
                                        'status': 'on', 'percentage': 1.10
                                    },
                                    'b': { 'status': 'off' }
                                }
                            }
                            """);
            assertThat(edited("{'a': {'status': 'on'}}", editor -> editor.setRoot("kill_switch", TRUE)))
                    .isEqualTo("{'version': 1, 'kill_switch': true, 'flags': {'a': {'status': 'on'}}}");
            assertThat(edited("{\r\n'a': {'status': 'on'}}", editor -> editor.setRoot("kill_switch", TRUE)))
                    .isEqualTo(
                            "{\r\n'version': 1,\r\n'kill_switch': true,\r\n'flags': {\r\n'a': {'status': 'on'}}\r\n}");
        }

        @Test
        void goes_on_in_the_full_form_afterwards() {
            assertThat(edited("{'version': {'status': 'on'}, 'flags': {'status': 'on'}}", editor -> {
                        editor.setRoot("serial", new Whole(1));
                        assertThat(editor.isFull()).isTrue();
                        editor.setField("flags", "status", new Text("off"));
                        editor.setRoot("serial", new Whole(2));
                        editor.removeFlag("version");
                        editor.putFlag("new", ON);
                    }))
                    .isEqualTo(
                            "{'version': 1, 'serial': 2, 'flags': {'flags': {'status': 'off'}, 'new': {'status': 'on'}}}");
        }

        @Test
        void wraps_even_what_has_no_room_left_to_be_deeper() throws DocumentException {
            String deepest = json("{'a': {'status': 'on', 'x-a': " + "[".repeat(62) + "]".repeat(62) + "}}");
            DocumentEditor editor = DocumentEditor.open(deepest);
            editor.setRoot("kill_switch", TRUE);
            editor.setRoot("serial", new Whole(1));
            assertThat(editor.text()).contains("[".repeat(62));
        }
    }

    @Test
    void tells_what_there_is() {
        DocumentEditor minimal =
                open(json("{'$schema': 's', 'a': {'status': 'on', 'n': [1, 1.5, 1E2, null]}, 'b': 5}"));
        assertThat(minimal.isFull()).isFalse();
        assertThat(minimal.hasFlag("a")).isTrue();
        assertThat(minimal.hasFlag("b")).isTrue();
        assertThat(minimal.hasFlag("c")).isFalse();
        assertThat(minimal.hasFlag("$schema")).isFalse();
        assertThat(minimal.flag("$schema")).isNull();
        assertThat(minimal.flag("c")).isNull();
        assertThat(minimal.flag("b")).isEqualTo(new Whole(5));
        assertThat(minimal.flag("a"))
                .isEqualTo(new Structure(Map.of(
                        "status",
                        new Text("on"),
                        "n",
                        new Sequence(
                                List.of(new Whole(1), new Decimal(1.5), new Decimal(100), new FlagValue.Null())))));
        assertThat(minimal.root("a")).isNull();
        DocumentEditor full = open(json("{'version': 1, 'serial': 3, 'flags': {'a': {}}}"));
        assertThat(full.isFull()).isTrue();
        assertThat(full.root("serial")).isEqualTo(new Whole(3));
        assertThat(full.root("lineage")).isNull();
        assertThat(full.hasFlag("version")).isFalse();
    }

    @Test
    void tells_of_a_flag_that_has_a_number_too_large_for_the_reader() {
        assertThat(open(json("{'a': {'x': 100000000000000000000}}")).flag("a"))
                .isEqualTo(structure("x", new Decimal(1e20)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "5", "{", "{} {}", "{'a': 1, 'a': 2}"})
    void refuses_what_is_not_one_object(String document) {
        assertThatExceptionOfType(DocumentException.class).isThrownBy(() -> DocumentEditor.open(json(document)));
    }

    /** Many edits in a row on documents in many layouts: what is read back is what was meant, and nothing else has changed. */
    @Test
    void writes_what_is_read_back_to_the_same_ruleset() throws DocumentException {
        Random random = new Random(42);
        for (int round = 0; round < 300; round++) {
            String free = "1.10, 1E5 ,25.0,\t\"\\u00e9\\ud83d\\ude00é😀}{\"";
            DocumentEditor editor = open(generated(random, free));
            Map<String, Double> percentages = new TreeMap<>(Map.of("a", 1.0, "b", 2.0, "last", 3.0));
            Long serial = editor.isFull() ? 7L : null;
            boolean killed = false;
            for (int step = 0; step < 12; step++) {
                String key = List.of("a", "b", "c", "d").get(random.nextInt(4));
                double percentage = random.nextInt(1000) / 10.0;
                switch (random.nextInt(5)) {
                    case 0 -> {
                        editor.removeFlag(key);
                        percentages.remove(key);
                    }
                    case 1 -> {
                        editor.putFlag(key, rollout(percentage));
                        percentages.put(key, percentage);
                    }
                    case 2 -> {
                        if (editor.hasFlag(key)) {
                            editor.setField(key, "percentage", new Decimal(percentage));
                            percentages.put(key, percentage);
                        }
                    }
                    case 3 -> {
                        if (random.nextInt(4) == 0) {
                            serial = random.nextLong(1000);
                            editor.setRoot("serial", new Whole(serial));
                        }
                    }
                    default -> {
                        if (random.nextInt(4) == 0) {
                            killed = random.nextBoolean();
                            editor.setRoot("kill_switch", structure("engaged", new Bool(killed)));
                        }
                    }
                }
                if (random.nextInt(4) == 0) {
                    editor = open(editor.text());
                }
            }
            ParsedDocument document = DocumentReader.read(editor.text()).orThrow();
            Ruleset ruleset = document.ruleset();
            Map<String, Double> read = new TreeMap<>();
            ruleset.flags().forEach((key, flag) -> read.put(key, ((Flag) flag).percentage()));
            assertThat(read).isEqualTo(percentages);
            assertThat(ruleset.revision()).isEqualTo(serial == null ? null : new Revision(null, serial));
            assertThat(ruleset.killSwitch()).isEqualTo(killed ? KillSwitch.ENGAGED : KillSwitch.RELEASED);
            assertThat(editor.text()).contains(free);
        }
    }

    private static Structure rollout(double percentage) {
        Map<String, FlagValue> fields = new LinkedHashMap<>();
        fields.put("status", new Text("percentage"));
        fields.put("percentage", new Decimal(percentage));
        return new Structure(fields);
    }

    private static String generated(Random random, String free) {
        List<String> flags = new ArrayList<>();
        flags.add("\"a\": {\"status\": \"percentage\", \"percentage\": 1.0}");
        flags.add("\"b\": {@\"percentage\" : 2.0,@\"status\": \"percentage\"@}");
        flags.add("\"last\": {\"x-free\": [" + free + "],\"status\": \"percentage\", \"percentage\": 3}");
        String space = List.of("", " ", "\n", "\n  ", "\r\n\t", "\n\n    ").get(random.nextInt(6));
        String joined = "{@" + String.join(",@", flags) + "@}";
        String document =
                random.nextBoolean() ? joined : "{@\"version\": 1,@\"flags\": " + joined + ",@\"serial\" :7@}";
        String padding = " ".repeat(random.nextInt(3)) + (random.nextInt(20) == 0 ? "\n".repeat(40_000) : "");
        return padding + document.replace("@", space) + padding;
    }
}
