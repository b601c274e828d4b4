package dev.agentflags.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentflags.cli.Shell.Ran;
import dev.agentflags.document.DocumentException;
import dev.agentflags.document.JsonText;
import dev.agentflags.guard.Margin;
import dev.agentflags.model.FlagValue;
import dev.agentflags.model.Guard;
import dev.agentflags.model.GuardMetric;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanCommandTest {

    private static final String GUARDED = """
            {"version": 1, "flags": {
              "prompt": {"status": "percentage", "percentage": 5,
                         "rollout": {"stages": [50, 100], "min_duration": "PT24H", "min_units": 30},
                         "guard": {"metrics": [{"name": "latency", "weight": 3}, {"name": "error", "margin": 3}],
                                   "alpha": 0.05, "alpha_advance": 0.1, "harm_budget": 2}},
              "plain": {"status": "off"},
              "bad": {"status": "perhaps"}
            }}
            """;

    @TempDir
    Path directory;

    Shell shell;

    @BeforeEach
    void open() {
        shell = new Shell(directory);
    }

    private static double number(String json, Object... path) throws DocumentException {
        FlagValue value = JsonText.read(json);
        for (Object step : path) {
            value = child(value, step);
        }
        return value instanceof FlagValue.Whole whole ? whole.value() : decimal(value);
    }

    private static FlagValue child(FlagValue value, Object step) {
        if (value instanceof FlagValue.Sequence sequence && step instanceof Integer index) {
            return sequence.items().get(index);
        }
        if (value instanceof FlagValue.Structure structure && step instanceof String name) {
            return Objects.requireNonNull(structure.fields().get(name), name);
        }
        throw new AssertionError("nothing at " + step + " of " + value);
    }

    private static double decimal(FlagValue value) {
        if (value instanceof FlagValue.Decimal decimal) {
            return decimal.value();
        }
        throw new AssertionError("not a number: " + value);
    }

    @Nested
    class Numbers {

        @Test
        void are_those_of_the_full_simulation() throws DocumentException {
            Ran ran =
                    shell.run("plan", "--units", "20k", "--rate", "5", "--stages", "5,50", "--times", "2,3", "--json");

            assertThat(ran.status()).isZero();
            assertThat(number(ran.out(), "stages", 0, "regressions", 0, "units", "median"))
                    .isBetween(0.9 * 286, 1.1 * 286);
            assertThat(number(ran.out(), "stages", 0, "regressions", 1, "units", "median"))
                    .isBetween(0.9 * 94, 1.1 * 94);
            assertThat(number(ran.out(), "stages", 1, "regressions", 0, "units", "median"))
                    .isBetween(0.9 * 648, 1.1 * 648);
            assertThat(number(ran.out(), "stages", 1, "regressions", 1, "units", "p95"))
                    .isBetween(0.85 * 463, 1.15 * 463);
            double units = number(ran.out(), "stages", 0, "regressions", 0, "units", "median");
            assertThat(number(ran.out(), "stages", 0, "regressions", 0, "days", "median"))
                    .isBetween(units / 1_001, units / 999);
            assertThat(number(ran.out(), "harmless", "done")).isGreaterThan(0.97);
            assertThat(number(ran.out(), "regressions", 1, "stopped")).isGreaterThan(0.99);
        }

        @Test
        void are_the_same_every_time() {
            String[] arguments = {"plan", "--units", "20k", "--rate", "5", "--stages", "50", "--times", "5"};

            assertThat(shell.run(arguments)).isEqualTo(shell.run(arguments));
        }

        @Test
        void take_stages_minimum_and_guard_from_the_flag() throws DocumentException {
            Ran ran = shell.file("flags.json", GUARDED)
                    .run("plan", "prompt", "--units", "1000", "--rate", "5", "--times", "10", "--json");

            assertThat(ran.status()).isZero();
            assertThat(number(ran.out(), "alpha")).isEqualTo(0.05);
            assertThat(number(ran.out(), "stages", 0, "percentage")).isEqualTo(50);
            assertThat(number(ran.out(), "stages", 0, "margin")).isEqualTo(3);
            assertThat(number(ran.out(), "stages", 0, "minimum_units")).isEqualTo(500);
            assertThat(number(ran.out(), "stages", 0, "days", "median")).isGreaterThanOrEqualTo(1);
            assertThat(number(ran.out(), "stages", 0, "told_by_minimum")).isEqualTo(10);
        }

        @Test
        void may_be_asked_for_otherwise_than_the_flag_says() throws DocumentException {
            Ran ran = shell.file("flags.json", GUARDED)
                    .run(
                            "plan",
                            "prompt",
                            "--units",
                            "1000",
                            "--rate",
                            "5",
                            "--times",
                            "10",
                            "--json",
                            "--min-duration",
                            "30m",
                            "--min-units",
                            "40",
                            "--alpha",
                            "1%",
                            "--stages",
                            "25,50");

            assertThat(number(ran.out(), "alpha")).isEqualTo(0.01);
            assertThat(number(ran.out(), "stages", 0, "minimum_units")).isEqualTo(40);
            assertThat(number(ran.out(), "stages", 1, "percentage")).isEqualTo(50);
        }

        @Test
        void that_are_not_reached_are_null() {
            Ran ran =
                    shell.run("plan", "--units", "10", "--rate", "1", "--stages", "1,100", "--times", "1.5", "--json");

            assertThat(ran.out())
                    .contains("\"units\":{\"median\":null,\"p95\":null}")
                    .contains("\"done\":0,");
        }
    }

    @Nested
    class Text {

        @Test
        void says_which_stages_are_too_small_to_tell() {
            Ran ran = shell.run(
                    "plan",
                    "--units",
                    "300",
                    "--rate",
                    "2",
                    "--stages",
                    "5,50",
                    "--times",
                    "2",
                    "--min-duration",
                    "1d");

            assertThat(ran.status()).isZero();
            assertThat(ran.err()).isEmpty();
            assertThat(ran.out())
                    .startsWith(
                            "300 units a day, 2 % of them bad without the change; 1 % of harmless rollouts may be stopped.\n")
                    .containsPattern("(?m)^5 % +15  4 % \\(2×\\)")
                    .containsPattern("(?m)^5 % +\\+ 2 points .*too small to tell$")
                    .contains("Stage 5 % is too small to tell: its minimum of 15 units stops none of these in 80 % of"
                            + " rollouts.\n");
        }

        @Test
        void has_no_column_for_a_minimum_where_there_is_none() {
            Ran ran = shell.run("plan", "--units", "1M", "--rate", "5", "--stages", "50", "--times", "10");

            assertThat(ran.out())
                    .doesNotContain("MINIMUM")
                    .contains(
                            "No minimum: a stage lasts until it is shown to be safe, by at least 30 units in 30 minutes.");
        }

        @Test
        void says_nothing_has_ended_where_it_has_not_within_a_year() {
            Ran ran = shell.run("plan", "--units", "10", "--rate", "1", "--stages", "1,100", "--times", "1.5");

            assertThat(ran.out())
                    .containsPattern("1\\.5 % \\(1\\.5×\\) +– +> 365 d")
                    .contains("UNDECIDED");
        }
    }

    @Nested
    class Terms {

        private static Guard guard(GuardMetric... metrics) {
            return new Guard(Guard.Mode.ENFORCE, Guard.Advance.AUTO, null, 0.01, 0.05, 1, null, List.of(metrics));
        }

        @Test
        void share_alpha_between_the_metrics() {
            var latency = new GuardMetric(GuardMetric.Name.LATENCY, null, null, 3, GuardMetric.Action.KILL);
            var terms = GuardTerms.of(guard(latency, GuardMetric.ERROR));

            assertThat(terms.levels().killLimit()).isBetween(396.9, 397.1);
            assertThat(terms.tolerance()).isEqualTo(Margin.NONE);
            assertThat(terms.marginBefore(0.25)).isEqualTo(Margin.ofPoints(0.04));
        }

        @Test
        void are_the_defaults_without_a_guard() {
            assertThat(GuardTerms.of(null)).isEqualTo(GuardTerms.DEFAULT);
            assertThat(GuardTerms.of(Guard.DEFAULT)).isEqualTo(GuardTerms.DEFAULT);
        }

        @Test
        void have_a_margin_of_points_or_a_ratio() {
            var error = new GuardMetric(GuardMetric.Name.ERROR, null, 2.0, 1, GuardMetric.Action.KILL);

            assertThat(GuardTerms.of(guard(error)).tolerance()).isEqualTo(Margin.ofPoints(0.02));
        }
    }

    @Nested
    class Failing {

        @ParameterizedTest(name = "{0} {1}: {2}")
        @CsvSource({
            "--rate, 0, 'expected a percentage above 0 and below 100, such as 2 or 0.5%, found 0'",
            "--units, many, 'expected a number of at least 1, such as 500, 20k or 1.5M, found many'",
            "--min-duration, soon, 'expected a duration such as 30m, 24h, 2d or PT24H, found soon'",
            "--stages, '50,5', 'expected percentages that rise, above 0 and at most 100, found [50.0, 5.0]'",
            "--stages, '100', 'expected a stage below 100, found none'",
            "--times, '1', 'expected factors above 1 and at most 1000, found [1.0]'"
        })
        void names_the_option_and_what_it_takes(String option, String value, String message) {
            List<String> arguments = new ArrayList<>(List.of("plan", option, value));
            arguments.addAll(option.equals("--units") ? List.of() : List.of("--units", "10"));
            arguments.addAll(option.equals("--rate") ? List.of() : List.of("--rate", "5"));

            Ran ran = shell.run(arguments.toArray(String[]::new));

            assertThat(ran.status()).isEqualTo(Exit.USAGE);
            assertThat(ran.err()).contains(option).contains(message);
        }

        @Test
        void says_what_is_missing() {
            assertThat(shell.run("plan").err()).contains("--units=N").contains("--rate=PERCENT");
        }

        @Test
        void knows_the_flags() {
            shell.file("flags.json", GUARDED);

            assertThat(shell.run("plan", "promt", "--units", "1", "--rate", "5"))
                    .isEqualTo(new Ran(
                            Exit.NO_SUCH_FLAG,
                            "",
                            "error: no flag in flags.json has the key \"promt\"; did you mean \"prompt\"?\n"));
            assertThat(shell.run("plan", "bad", "--units", "1", "--rate", "5").err())
                    .startsWith("error: the definition of \"bad\" in flags.json has errors\n");
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "0.0001, < 1 min",
        "0.0105, 15 min",
        "0.5, 12.0 h",
        "1.99, 47.8 h",
        "2.04, 2.0 d",
        "12345.6, '12,345.6 d'"
    })
    void tells_time_as_people_do(double days, String text) {
        assertThat(Amounts.days(days)).isEqualTo(text);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"0, 0 %", "0.0025, 0.3 %", "0.994, 99 %", "0.9975, 99.8 %", "1, 100 %"})
    void does_not_round_to_nothing_or_to_all(double part, String text) {
        assertThat(Amounts.part(part)).isEqualTo(text);
    }
}
