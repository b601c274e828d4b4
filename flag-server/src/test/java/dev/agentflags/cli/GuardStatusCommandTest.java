package dev.agentflags.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentflags.cli.Shell.Ran;
import dev.agentflags.file.FileFlags;
import dev.agentflags.file.FileGuardStore;
import dev.agentflags.guard.Arm;
import dev.agentflags.model.GuardMetric.Name;
import dev.agentflags.outcome.Outcome;
import dev.agentflags.rollout.Controller;
import dev.agentflags.snapshot.RulesetInForce;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuardStatusCommandTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-22T10:42:07Z"), ZoneOffset.UTC);

    @TempDir
    Path directory;

    Shell shell;

    @BeforeEach
    void open() {
        shell = new Shell(directory).file("flags.json", """
                {"version": 1, "serial": 1, "flags": {
                  "prompt": {"status": "percentage", "percentage": 5, "guard": {"unit": "event"},
                             "rollout": {"stage_since": "2026-11-22T10:40:00Z"}},
                  "other": {"status": "percentage", "percentage": 5, "guard": {}},
                  "plain": {"status": "on"}}}
                """);
    }

    /** Lets somebody guard who sees this many turns. */
    private void guard(int treated, int treatedBad, int controls, int controlsBad) throws Exception {
        Path file = shell.path("flags.json");
        try (var controller = new Controller(FileFlags.admin(file, "guard"), FileGuardStore.of(file), CLOCK)) {
            controller.inForce(new RulesetInForce()
                    .accept(shell.read("flags.json").getBytes(StandardCharsets.UTF_8))
                    .after());
            report(controller, Arm.TREATMENT, treated, treatedBad);
            report(controller, Arm.CONTROL, controls, controlsBad);
            controller.tick();
        }
    }

    private static void report(Controller controller, Arm arm, int turns, int bad) {
        for (int i = 0; i < turns; i++) {
            controller.take(List.of(new Outcome("prompt", arm, null, "1", Map.of(Name.ERROR, i < bad ? 1.0 : 0.0))));
        }
    }

    @Test
    void shows_how_a_rollout_stands_and_what_it_waits_for() throws Exception {
        guard(61, 4, 1_000, 40);
        assertThat(shell.run("guard", "status", "prompt")).isEqualTo(new Ran(0, """
                prompt  RUNNING at 5 % since 2026-11-22T10:40:00Z, rollout 1
                  waits for the stage to have lasted 30 min, in 27 min 53 s
                  worse ░░░░░░░░░░░░░░░░░░░░ 0.96 of 100
                  METRIC  ACTION  WITH IT                          WITHOUT IT                          WORSE        SAFE  SAFE MEANS
                  error   kill    4 of 61 turns, 6.6 % (0.7–21.7)  40 of 1,000 turns, 4.0 % (2.1–6.7)   0.96  0.83 of 20  at most 4 points more
                  as of 2026-11-22T10:42:07Z
                """, ""));
    }

    @Test
    void shows_why_one_was_stopped() throws Exception {
        guard(10, 10, 1_000, 20);
        Ran ran = shell.run("guard", "status");
        assertThat(ran.status()).isZero();
        assertThat(ran.out())
                .contains("prompt  STOPPED at 5 %")
                .contains("  killed at 10:42:07: 10 of 10 treated turns met an error, 20 of 1,000 others; evidence")
                .contains("  worse ████████████████████ > 1,000,000 of 100\n")
                .contains("  waits for a person to revive it\n", "\n\nother  RUNNING");
        assertThat(shell.run("audit").out()).contains("killed at 10:42:07: 10 of 10 treated turns");
    }

    @Test
    void says_what_nobody_watches_and_what_is_not_guarded() {
        assertThat(shell.run("guard", "status", "prompt").out())
                .isEqualTo("prompt is not watched: nothing that guards has run over this file yet\n");
        assertThat(shell.run("guard", "status", "plain").out()).isEqualTo("plain is not guarded\n");
        assertThat(shell.run("guard", "status", "unknown").status()).isEqualTo(Exit.NO_SUCH_FLAG);
        assertThat(shell.run("guard").status()).isEqualTo(Exit.USAGE);
    }

    @Test
    void prints_json_for_programs() throws Exception {
        guard(61, 4, 1_000, 40);
        assertThat(shell.run("guard", "status", "--json").out())
                .startsWith(
                        "{\"flags\":[{\"flag\":\"prompt\",\"watched\":true,\"report\":{\"flag\":\"prompt\",\"rollout\":1,")
                .contains("\"state\":\"running\"")
                .contains("\"treatment\":{\"units\":61,\"bad\":4}")
                .contains("\"intervals\":[{\"metric\":\"error\",\"treatment\":{\"low\":");
    }

    @Test
    void says_that_a_checkpoint_cannot_be_read() {
        shell.file("flags.json.guard.json", "{}");
        Ran ran = shell.run("guard", "status");
        assertThat(ran.status()).isEqualTo(Exit.PROBLEMS);
        assertThat(ran.err()).contains("/version: expected a whole number, found nothing");
    }
}
