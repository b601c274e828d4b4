package dev.agentflags.agent.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.agentflags.agent.outcome.RunRef.Label;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunRefTest {

    private static final RunRef REF = new RunRef(
            new RunId(0x0123456789abcdefL, -1),
            "support",
            List.of(
                    new Label("new_reasoning_prompt", "on", "SPLIT"),
                    new Label("enable_code_interpreter", "off", "DEFAULT"),
                    new Label("übung", "größer", null)));

    /** Whoever decodes a reference may be a newer or an older release. */
    @Test
    void has_a_text_that_never_changes() {
        assertThat(REF.encode())
                .isEqualTo("AQEjRWeJq83v__________8Hc3VwcG9ydAMUbmV3X3JlYXNvbmluZ19wcm9tcHQCb24EF2VuYWJsZV9jb2RlX2lud"
                        + "GVycHJldGVyA29mZgIGw7xidW5nCGdyw7bDn2VyAA");
    }

    @Test
    void has_another_text_that_never_changes_where_a_flag_has_a_version() {
        var ref = new RunRef(
                new RunId(1, 2),
                "a",
                List.of(
                        new Label("f", "on", "SPLIT", "42"),
                        new Label("g", "off", null),
                        new Label("h", "x", null, "é")));
        String text = "AgAAAAAAAAABAAAAAAAAAAIBYQMBZgJvbgQCNDIBZwNvZmYAAAFoAXgAAsOp";
        assertThat(ref.encode()).isEqualTo(text);
        assertThat(RunRef.decode(text)).isEqualTo(ref);
    }

    @Test
    void leaves_out_a_version_that_is_too_long() {
        var ref = new RunRef(new RunId(1, 2), "a", List.of(new Label("f", "on", null, "v".repeat(256))));
        assertThat(RunRef.decode(ref.encode()).labels()).containsExactly(new Label("f", "on", null));
    }

    @Test
    void is_read_back_from_its_text() {
        assertThat(RunRef.decode(REF.encode())).isEqualTo(REF);
    }

    @Test
    void keeps_reasons_of_openfeatures_own_and_no_others() {
        for (String reason : List.of(
                "STATIC", "DEFAULT", "TARGETING_MATCH", "SPLIT", "CACHED", "DISABLED", "UNKNOWN", "ERROR", "KILLED")) {
            assertThat(reread(reason)).isEqualTo(reason);
        }
        assertThat(reread("BECAUSE")).isNull();
    }

    private static @Nullable String reread(String reason) {
        var ref = new RunRef(new RunId(1, 2), "a", List.of(new Label("f", "on", reason)));
        return RunRef.decode(ref.encode()).labels().get(0).reason();
    }

    @Test
    void leaves_out_what_does_not_fit() {
        var many = IntStream.range(0, 100)
                .mapToObj(i -> new Label("flag" + i, "on", null))
                .toList();
        assertThat(RunRef.decode(new RunRef(new RunId(1, 2), "a", many).encode())
                        .labels())
                .isEqualTo(many.subList(0, 64));
        var longOnes = List.of(new Label("f".repeat(256), "on", null), new Label("f", "on", null));
        assertThat(RunRef.decode(new RunRef(new RunId(1, 2), "a", longOnes).encode())
                        .labels())
                .containsExactly(new Label("f", "on", null));
    }

    @Test
    void leaves_out_labels_for_which_there_is_no_room() {
        var many = IntStream.range(0, 64)
                .mapToObj(i -> new Label("%0128d".formatted(i), "variant-" + i, "SPLIT"))
                .toList();
        String text = new RunRef(new RunId(1, 2), "support", many).encode();
        assertThat(text).hasSizeBetween(3_800, 4_096);
        List<Label> left = RunRef.decode(text).labels();
        assertThat(left).hasSizeGreaterThan(20).isEqualTo(many.subList(0, left.size()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A", "AQ", "not base64!", "Ag", "AQEjRWeJq83v__________8Hc3VwcG9ydAM"})
    void refuses_any_other_text(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RunRef.decode(text))
                .withMessage("expected a run's reference as RunRef.encode() gives it");
    }

    @Test
    void refuses_text_that_is_damaged_or_reads_as_something_else() {
        byte[] bytes = Base64.getUrlDecoder().decode(REF.encode());
        var random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            byte[] damaged = Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length + 8));
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            String text = Base64.getUrlEncoder().withoutPadding().encodeToString(damaged);
            try {
                assertThat(RunRef.decode(text).encode()).isEqualTo(text);
            } catch (IllegalArgumentException e) {
                assertThat(e).hasMessageStartingWith("expected a run's reference");
            }
        }
        assertThatIllegalArgumentException().isThrownBy(() -> RunRef.decode("A".repeat(5_000)));
    }

    @Test
    void names_a_run_in_32_digits() {
        assertThat(REF.runId()).hasToString("0123456789abcdefffffffffffffffff");
    }
}
