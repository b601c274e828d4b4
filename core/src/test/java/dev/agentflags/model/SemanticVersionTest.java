package dev.agentflags.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SemanticVersionTest {

    /** The examples of semver.org, rule 11, and neighbours, from low to high. */
    private static final List<String> RISING = List.of(
            "0.0.0-0",
            "0.0.0",
            "0.0.1",
            "0.9.10",
            "1.0.0-0",
            "1.0.0-9",
            "1.0.0-10",
            "1.0.0-18446744073709551616",
            "1.0.0--",
            "1.0.0-0a",
            "1.0.0-A",
            "1.0.0-alpha",
            "1.0.0-alpha.1",
            "1.0.0-alpha.beta",
            "1.0.0-beta",
            "1.0.0-beta.2",
            "1.0.0-beta.11",
            "1.0.0-rc.1",
            "1.0.0",
            "1.0.1",
            "1.2.0",
            "1.10.0",
            "2.0.0",
            "2.1.0",
            "2.1.1",
            "10.0.0",
            "999999999999999999.0.0");

    private static SemanticVersion version(String text) {
        return Objects.requireNonNull(SemanticVersion.parse(text), text);
    }

    @Test
    void has_the_precedence_of_the_specification() {
        List<SemanticVersion> rising =
                RISING.stream().map(SemanticVersionTest::version).toList();
        for (int i = 0; i < rising.size(); i++) {
            for (int j = 0; j < rising.size(); j++) {
                assertThat(Integer.signum(rising.get(i).compareTo(rising.get(j))))
                        .as("%s to %s", RISING.get(i), RISING.get(j))
                        .isEqualTo(Integer.compare(i, j));
            }
        }
        List<SemanticVersion> shuffled = new ArrayList<>(rising);
        Collections.shuffle(shuffled, new Random(1));
        assertThat(shuffled.stream().sorted()).isEqualTo(rising);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1.0.0",
        "1.2, 1.2.0",
        "1.2.3+build.5-x, 1.2.3",
        "1.0.0+0.build.1-rc.10000aaa-kk-0.1, 1.0.0",
        "1-rc, 1.0.0-rc"
    })
    void ignores_build_metadata_and_fills_in_what_is_missing(String text, String same) {
        assertThat(version(text)).isEqualTo(version(same)).isEqualByComparingTo(version(same));
    }

    /** From the list of valid versions beside the regular expression of semver.org. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.4",
                "10.20.30",
                "1.1.2-prerelease+meta",
                "1.1.2+meta-valid",
                "1.0.0-alpha0.valid",
                "1.0.0-alpha.0valid",
                "1.0.0-alpha-a.b-c-somethinglong+build.1-aef.1-its-okay",
                "2.0.0-rc.1+build.123",
                "10.2.3-DEV-SNAPSHOT",
                "1.2.3-SNAPSHOT-123",
                "2.0.0+build.1848",
                "1.2.3----RC-SNAPSHOT.12.9.1--.12+788",
                "1.2.3----R-S.12.9.1--.12+meta",
                "1.0.0-0A.is.legal"
            })
    void is_read_where_it_is_valid(String text) {
        assertThat(SemanticVersion.parse(text)).isNotNull();
    }

    /** From the list of invalid versions of semver.org, without those that only lack a number. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " 1.2.3",
                "1.2.3 ",
                "v1.2.3",
                "1.2.3-0123",
                "1.2.3-0123.0123",
                "1.1.2+.123",
                "1.1.2+a..b",
                "1.1.2+a.",
                "+invalid",
                "-invalid",
                "-invalid+invalid",
                "alpha",
                "alpha.beta.1",
                "1.0.0-alpha_beta",
                "1.0.0-alpha..1",
                "1.0.0-alpha.",
                "01.1.1",
                "1.01.1",
                "1.1.01",
                "1.2.3.DEV",
                "1.2.31.2.3----RC-SNAPSHOT.12.09.1--..12+788",
                "-1.0.3-gamma+b7718",
                "+justmeta",
                "9.8.7+meta+meta",
                "9.8.7-whatever+meta+meta",
                "1.2.3.4",
                "1..3",
                "1.2.3-",
                "1.2.3+",
                "1000000000000000000.0.0",
                "१.२.३",
                "1.2.3-é"
            })
    void is_null_where_it_is_not_valid(String text) {
        assertThat(SemanticVersion.parse(text)).isNull();
    }

    @Test
    @Timeout(60)
    void is_read_in_bounded_time_however_it_is_written() {
        for (String part : List.of("1", "a", "1.", "a.", "-", "0a.")) {
            String longest = "1.0.0-" + part.repeat(256 / part.length());
            for (int i = 0; i < 1_000; i++) {
                SemanticVersion.parse(longest.substring(0, 255) + "!");
            }
        }
        assertThat(SemanticVersion.parse("1.0.0-" + "a".repeat(250))).isNotNull();
        assertThat(SemanticVersion.parse("1.0.0-" + "a".repeat(251))).isNull();
    }
}
