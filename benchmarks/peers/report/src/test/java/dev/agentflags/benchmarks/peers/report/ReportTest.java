package dev.agentflags.benchmarks.peers.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentflags.benchmarks.peers.report.BarChart.Bar;
import dev.agentflags.benchmarks.peers.report.Results.Evaluation;
import dev.agentflags.benchmarks.peers.report.Results.Growth;
import dev.agentflags.benchmarks.peers.report.Results.Times;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {

    private static Evaluation row(String who, String question, double nanos, double bytes) {
        return new Evaluation(who, question, 17, 1, measured(nanos, bytes));
    }

    private static Measured measured(double nanos, double bytes) {
        return Measured.of(List.of(round(nanos, bytes)));
    }

    private static Jmh.Row round(double nanos, double bytes) {
        return new Jmh.Row("rollout", "", nanos, bytes, List.of(nanos));
    }

    /** No-op 100 ns and 176 B, digest 100 ns, ours as given, one peer by the client and one by its own API. */
    private static Results results(double ourRollout, double ourList, double ourBytes) {
        List<Evaluation> rows = new ArrayList<>(List.of(
                row(Results.DIGEST, Results.ROLLOUT, 100, 0),
                row("noop", Results.ROLLOUT, 100, 176),
                row("noop", Results.LISTED, 100, 176),
                row("agentflags-file", Results.ROLLOUT, ourRollout, ourBytes),
                row("agentflags-file", Results.LISTED, ourList, ourBytes),
                row("flagd", Results.ROLLOUT, 4_000, 10_000),
                row("flagd", Results.LISTED, 8_000_000, 1e7),
                row("launchdarkly", Results.ROLLOUT, 90, 88)));
        return new Results(
                "2026-11-23",
                "a machine",
                Map.of("17", "17.0.15"),
                Map.of("flagd", "0.11.15"),
                rows,
                List.of(
                        new Growth("grow_flags_one", 10, measured(100, 0)),
                        new Growth("grow_flags_one", 100_000, measured(121, 0))),
                List.of(),
                List.of(),
                List.of(new Times("agentflags-file", List.of(3.0, 1.0, 2.0, 9.0))),
                List.of(new Times("1,000 subscribers: told", List.of(40.0, 30.0, 50.0))),
                List.of(),
                List.of(),
                Map.of("A peer", "not to be had"));
    }

    @Nested
    class TheBars {

        private List<String> missed(Results results) {
            return Bars.of(results).stream()
                    .filter(bar -> !bar.holds())
                    .map(Bars.Bar::what)
                    .toList();
        }

        @Test
        void hold_up_to_their_limits() {
            assertThat(missed(results(230, 130, 224))).containsExactly("one of 100,000 flags / one of 10");
        }

        @Test
        void are_missed_above_their_limits() {
            assertThat(missed(results(231, 131, 225)))
                    .containsExactly(
                            "rollout / (no-op + bare digest), JDK 17",
                            "listed users / no-op, JDK 17",
                            "bytes of a rollout - bytes of the no-op, JDK 17",
                            "bytes for listed users - bytes of the no-op, JDK 17",
                            "one of 100,000 flags / one of 10");
        }

        @Test
        void hold_peers_against_ours_only_through_the_client() {
            assertThat(Bars.of(results(230, 130, 224)))
                    .contains(new Bars.Bar(
                            "rollout: ours / the fastest peer through the client, JDK 17", 230 / 4_000.0, 1));
        }
    }

    @Nested
    class TheRounds {

        private Measured of(double... nanos) {
            return Measured.of(DoubleStream.of(nanos)
                    .mapToObj(time -> round(time, time / 10))
                    .toList());
        }

        @Test
        void come_to_their_median_so_that_one_bad_one_does_not_count() {
            assertThat(of(300, 100, 9_000))
                    .isEqualTo(new Measured(
                            300, 100, 9_000, 30, List.of(List.of(300.0), List.of(100.0), List.of(9_000.0))));
            assertThat(of(300, 100).nanos()).isEqualTo(200);
        }

        @Test
        void are_shown_with_their_range_where_that_is_wide() {
            assertThat(Words.time(of(100, 105, 110))).isEqualTo("105 ns");
            assertThat(Words.time(of(3_800, 50_000, 51_000))).isEqualTo("50 µs (3.8 µs – 51 µs)");
        }

        @Test
        void are_kept_apart_by_what_they_are_of() {
            var rounds = new Rounds<String>();
            rounds.add("ours", round(1, 0));
            rounds.add("theirs", round(7, 0));
            rounds.add("ours", round(3, 0));
            assertThat(rounds.all((who, measured) -> who + " " + measured.nanos()))
                    .containsExactly("ours 2.0", "theirs 7.0");
        }
    }

    @Nested
    class Table {

        @Test
        void has_a_row_for_each_contender_in_the_order_of_how_it_is_asked_and_how_fast_it_is() {
            assertThat(Tables.of(results(230, 130, 224)))
                    .containsSubsequence(
                            "| OpenFeature SDK, no-op provider | – | OpenFeature client | 100 ns | 176 B | 0.43 |",
                            "| **Agent Flags, file** | – | OpenFeature client | 230 ns | 224 B | 1.00 |",
                            "| flagd in process, file | 0.11.15 | OpenFeature client | 4.0 µs | 10 kB | 17 |",
                            "| LaunchDarkly server SDK | – | own API | 90 ns | 88 B | 0.39 |");
        }

        @Test
        void tells_the_median_the_longest_and_what_was_not_measured() {
            assertThat(Tables.of(results(230, 130, 224)))
                    .contains("| Agent Flags, file | 2.0 ms | 9.0 ms | 4 |")
                    .contains("| 1,000 subscribers: told | 40 ms | 50 ms | 50 ms | 3 |")
                    .contains("* A peer: not to be had.");
        }
    }

    @Nested
    class Chart {

        private String svg(double other) {
            return BarChart.of(
                            "T",
                            "S",
                            List.of(new Bar("ours", 100, "ours"), new Bar("A & B", other, "other")),
                            Words::time)
                    .svg();
        }

        @Test
        void begins_at_zero_and_draws_bars_in_proportion() {
            // an axis of 500 ns is 460 wide
            assertThat(svg(400))
                    .contains("<rect class=\"ours\" x=\"250.0\" y=\"66.0\" width=\"92.0\" height=\"20.0\"/>")
                    .contains("<rect class=\"other\" x=\"250.0\" y=\"96.0\" width=\"368.0\" height=\"20.0\"/>")
                    .contains(">0</text>", ">100 ns</text>", ">A &amp; B</text>")
                    .doesNotContain("<line class=\"break\"");
        }

        @Test
        void cuts_off_with_a_break_what_is_far_longer_than_ours_and_says_how_long_it_is() {
            assertThat(svg(9_000_000))
                    .contains("<line class=\"break\"", ">9.0 ms</text>", "A bar with a break goes on beyond the axis")
                    .contains("<rect class=\"ours\" x=\"250.0\" y=\"66.0\" width=\"23.0\" height=\"20.0\"/>");
        }
    }

    @Nested
    class Page {

        @TempDir
        Path folder;

        @Test
        void is_written_between_its_marks_alone() throws IOException {
            Path page = folder.resolve("README.md");
            Files.writeString(
                    page,
                    "before\n<!-- peers: written by benchmarks/run --peers -->\nold\n<!-- peers: end -->\nafter\n");
            Readme.write(results(230, 130, 224), page);
            Readme.write(results(230, 130, 224), page);
            assertThat(page)
                    .content()
                    .startsWith("before\n<!-- peers")
                    .endsWith("<!-- peers: end -->\nafter\n")
                    .contains("flagd in process")
                    .doesNotContain("old\n")
                    .containsOnlyOnce("### Bars");
        }

        @Test
        void without_marks_is_refused_and_left_alone() throws IOException {
            Path page = Files.writeString(folder.resolve("README.md"), "mine");
            assertThatThrownBy(() -> Readme.write(results(230, 130, 224), page))
                    .hasMessageContaining("expected the marks");
            assertThat(page).hasContent("mine");
        }

        @Test
        void comes_out_of_the_written_figures_as_it_came_out_of_the_measured_ones() throws IOException {
            Results results = results(230, 130, 224);
            results.write(folder.resolve("peers.json"));
            assertThat(Results.read(folder.resolve("peers.json"))).isEqualTo(results);
        }
    }
}
