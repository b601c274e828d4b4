package dev.agentflags.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentflags.admin.AuditEntry;
import dev.agentflags.guard.Arm;
import dev.agentflags.model.GuardMetric.Name;
import dev.agentflags.outcome.Outcome;
import dev.agentflags.outcome.OutcomeBatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ControllerTest {

    private static final String EVENTS = "'guard': {'unit': 'event'}";
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Nested
    class Kills {

        @Test
        void a_rollout_that_fails_and_says_why_in_plain_language() {
            var world = Guarded.flag(5, EVENTS);
            world.serve(2_000, 0.02, 1);

            assertThat(world.isKilled()).isTrue();
            AuditEntry entry = world.audit().get(0);
            assertThat(entry.actor()).isEqualTo("guard");
            assertThat(entry.operation()).isEqualTo("kill");
            assertThat(entry.reason())
                    .matches("killed at 10:00:\\d\\d: (\\d+) of \\1 treated turns met an error, \\d+ of \\d+ others; "
                            + "evidence [\\d,]+ against a limit of 100 \\(α = 1 %\\)");
            assertThat(world.report().state()).isEqualTo(State.STOPPED);
            assertThat(world.report().stopped()).isEqualTo(entry.reason());
            assertThat(world.report().metrics().get(0).treatment().units()).isLessThan(15);
        }

        @Test
        void nothing_that_fails_as_often_as_what_was_there_before() {
            var world = Guarded.flag(25, EVENTS);
            world.serve(10_000, 0.3, 0.3);
            assertThat(world.isKilled()).isFalse();
            assertThat(world.audit()).noneMatch(AuditEntry::isKill);
        }

        @Test
        void while_it_waits_for_a_person() {
            var world = Guarded.flag(5, "'guard': {'unit': 'event', 'advance': 'manual'}");
            world.serve(20_000, 0.02, 0.02);
            assertThat(world.report().waiting()).isEqualTo(Waiting.PERSON);

            world.serve(20_000, 0.02, 1);
            assertThat(world.isKilled()).isTrue();
        }

        @Test
        void for_users_and_not_for_one_of_them_who_meets_every_error() {
            var world = Guarded.flag(5, "'guard': {}");
            world.serve(2_000, 0.02, 0.02);
            String unlucky = treated(world);
            for (int i = 0; i < 1_000; i++) {
                world.report(world.turn(unlucky, arm -> 1, Name.ERROR));
            }
            world.settle();
            assertThat(world.isKilled()).isFalse();

            world.serve(2_000, 0.02, 1);
            world.settle();
            assertThat(world.isKilled()).isTrue();
            assertThat(world.audit().get(0).reason()).contains(" treated users met an error, ");
        }

        private String treated(Guarded world) {
            for (int i = 0; ; i++) {
                Outcome outcome = world.turn("one-" + i, arm -> 0, Name.ERROR);
                if (outcome != null && outcome.arm() == Arm.TREATMENT) {
                    return "one-" + i;
                }
            }
        }

        @Test
        void on_latencies_once_it_knows_what_is_usual() {
            var world = Guarded.flag(25, "'guard': {'unit': 'event', 'metrics': [{'name': 'latency'}]}");
            world.serve(1_000, Name.LATENCY, arm -> latency(world, 1));
            assertThat(world.report().metrics().get(0).safe()).isNull();

            world.serve(10_000, Name.LATENCY, arm -> latency(world, arm == Arm.TREATMENT ? 2 : 1));

            assertThat(world.isKilled()).isTrue();
            assertThat(world.audit().get(0).reason())
                    .matches(
                            ".*: \\d+ of [\\d,]+ treated turns waited more than [\\d,]+ ms, \\d+ of [\\d,]+ others more"
                                    + " than [\\d,]+ ms; evidence .*");
        }

        private static double latency(Guarded world, double factor) {
            return 1_000 * factor * Math.exp(world.random().nextDouble() * 2 - 1);
        }

        @Test
        void again_and_again_until_it_succeeds() {
            var world = Guarded.flag(5, EVENTS);
            world.serve(500, 0.02, 0.02);
            world.document.broken = true;
            failAll(world);
            for (int i = 0; i < 100; i++) {
                world.clock.advance(Duration.ofSeconds(1));
                world.controller.tick();
            }
            world.document.broken = false;
            world.clock.advance(MINUTE);
            world.controller.tick();
            world.sync();
            assertThat(world.isKilled()).isTrue();
        }

        private static void failAll(Guarded world) {
            for (int i = 0; i < 500; i++) {
                world.report(world.turn("late-" + i, arm -> arm == Arm.TREATMENT ? 1 : 0, Name.ERROR));
            }
        }

        @Test
        void by_the_metrics_that_ask_for_it_and_pauses_by_the_others() {
            var world = Guarded.flag(
                    25,
                    "'guard': {'unit': 'event', 'metrics': [{'name': 'error'},"
                            + " {'name': 'tool_error', 'action': 'pause'}]}");
            world.serve(5_000, Name.TOOL_ERROR, arm -> world.draw(arm == Arm.TREATMENT ? 0.5 : 0.02));
            assertThat(world.isKilled()).isFalse();
            assertThat(world.report().state()).isEqualTo(State.STOPPED);
            assertThat(world.report().stopped()).contains("paused at 25 %", "met a tool that failed");
            assertThat(world.percentage()).isEqualTo(25);
            assertThat(world.audit()).isEmpty();

            world.serve(5_000, 0.02, 0.5);
            assertThat(world.isKilled()).isTrue();
        }
    }

    @Nested
    class RollsBack {

        @Test
        void to_the_stage_before_and_stays_there() {
            var world = Guarded.flag(
                    25, "'guard': {'unit': 'event', 'metrics': [{'name': 'error', 'action': 'roll_back'}]}");
            world.serve(3_000, 0.02, 0.3);
            assertThat(world.percentage()).isEqualTo(5);
            assertThat(world.audit()).hasSize(1);
            assertThat(world.audit().get(0).reason()).startsWith("rolled back from 25 % at 10:00:");

            world.pass(Duration.ofHours(1));
            world.serve(20_000, 0.02, 0.02);
            assertThat(world.report().state()).isEqualTo(State.STOPPED);
            assertThat(world.percentage()).isEqualTo(5);
            assertThat(world.audit()).hasSize(1);
        }

        @Test
        void and_begins_anew_when_a_person_goes_on() throws Exception {
            var world = Guarded.flag(
                    25, "'guard': {'unit': 'event', 'metrics': [{'name': 'error', 'action': 'roll_back'}]}");
            world.serve(3_000, 0.02, 0.3);
            long rollout = world.report().rollout();

            world.person.advance(Guarded.KEY, "we know");
            world.sync();

            assertThat(world.report().rollout()).isEqualTo(rollout + 1);
            assertThat(world.report().evidence()).isEqualTo(1);
            assertThat(world.report().stopped()).isNull();
            assertThat(world.percentage()).isEqualTo(25);
        }
    }

    @Nested
    class Advances {

        @Test
        void through_all_stages_what_is_harmless() {
            var world = Guarded.flag(1, EVENTS);
            world.serve(70_000, 0.05, 0.05);
            assertThat(world.percentage()).isEqualTo(100);
            assertThat(world.report().state()).isEqualTo(State.DONE);
            assertThat(world.audit()).extracting(AuditEntry::operation).containsOnly("advance");
            assertThat(world.audit().get(0).reason())
                    .matches("advanced at 10:\\d\\d:\\d\\d from 1 % to 5 %: \\d+ of \\d+ treated turns met an error, "
                            + "[\\d,]+ of [\\d,]+ others, which is at most 10 points more, evidence \\d+ against a limit"
                            + " of 20 \\(α = 5 %\\)");
        }

        @Test
        void not_before_the_stage_has_lasted_long_enough() {
            var world = Guarded.flag(25, EVENTS);
            world.serve(9_000, 0.02, 0.02);
            assertThat(world.percentage()).isEqualTo(25);
            assertThat(world.report().state()).isEqualTo(State.RUNNING);
            assertThat(world.report().waitsFor()).isEqualTo("the stage to have lasted 10 s, in 1 s");

            world.serve(1_000, 0.02, 0.02);
            assertThat(world.percentage()).isEqualTo(50);
        }

        @Test
        void not_by_time_alone() {
            var world = Guarded.flag(25, EVENTS);
            world.serve(150, 0.1, 0.1);
            world.pass(Duration.ofMinutes(14));
            assertThat(world.percentage()).isEqualTo(25);
            assertThat(world.report().state()).isIn(State.RUNNING, State.HOLDING);
            assertThat(world.report().waitsFor()).contains("error");
        }

        @Test
        void not_what_is_worse_by_more_than_the_margin_that_was_set() {
            var world =
                    Guarded.flag(25, "'guard': {'unit': 'event', 'metrics': [{'name': 'error', 'margin_points': 2}]}");
            world.serve(20_000, 0.05, 0.06);
            assertThat(world.audit()).extracting(AuditEntry::operation).doesNotContain("kill");
            var worse =
                    Guarded.flag(25, "'guard': {'unit': 'event', 'metrics': [{'name': 'error', 'margin_points': 2}]}");
            worse.serve(20_000, 0.05, 0.12);
            assertThat(worse.isKilled()).isTrue();
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "'advance': 'manual'   | only people advance it",
                    "'approval_from': 50   | from 50 % on a person must approve",
                    "'mode': 'dry_run'     | the guard is on a dry run"
                })
        void only_with_a_person_where_that_is_asked_for(String field, String why) throws Exception {
            var world = Guarded.flag(25, "'guard': {'unit': 'event', " + field + "}");
            world.serve(20_000, 0.02, 0.02);
            assertThat(world.percentage()).isEqualTo(25);
            assertThat(world.report().state()).isEqualTo(State.HOLDING);
            assertThat(world.report().waiting()).isEqualTo(Waiting.PERSON);
            assertThat(world.report().waitsFor())
                    .isEqualTo("a person to advance it to 50 %, which is shown to be safe: " + why);

            world.person.advance(Guarded.KEY, "fine");
            world.sync();
            assertThat(world.percentage()).isEqualTo(50);
            assertThat(world.report().rollout()).isEqualTo(1);
        }

        @Test
        void not_what_is_paused_until_a_person_has_advanced_it() throws Exception {
            var world = Guarded.flag(5, EVENTS);
            world.person.pause(Guarded.KEY, "slow");
            world.sync();
            world.serve(30_000, 0.02, 0.02);
            world.restart();
            world.serve(1_000, 0.02, 0.02);
            assertThat(world.percentage()).isEqualTo(5);
            assertThat(world.report().waiting()).isEqualTo(Waiting.PERSON);
            assertThat(world.report().waitsFor()).isEqualTo("a person to advance it to 25 %: paused by alice: slow");

            world.person.advance(Guarded.KEY, "fast again");
            world.sync();
            assertThat(world.percentage()).isEqualTo(25);
            assertThat(world.report().rollout()).isEqualTo(1);
            world.serve(60_000, 0.02, 0.02);
            assertThat(world.percentage()).isGreaterThan(25);
        }

        @Test
        void not_what_was_paused_before_the_guard_has_heard_of_it() throws Exception {
            var world = Guarded.flag(5, EVENTS);
            world.person.pause(Guarded.KEY, "slow");
            for (int i = 0; i < 30_000; i++) {
                world.report(world.turn("user-" + i, arm -> world.draw(0.02), Name.ERROR));
                if (i % 100 == 99) { // it is shown to be safe, and the pause is not in force yet
                    world.clock.advance(Duration.ofMillis(100));
                    world.controller.tick();
                }
            }

            assertThat(world.audit()).extracting(AuditEntry::operation).containsExactly("pause");
        }

        @Test
        void one_stage_at_a_time_with_evidence_of_its_own() {
            var world = Guarded.flag(5, EVENTS);
            while (world.percentage() == 5) {
                world.serve(1_000, 0.02, 0.02);
            }
            assertThat(world.percentage()).isEqualTo(25);
            assertThat(world.report().metrics().get(0).treatedInStage()).isZero();
            assertThat(world.report().metrics().get(0).safe()).isEqualTo(1);
            assertThat(world.report().metrics().get(0).treatment().units()).isGreaterThan(30);
        }

        @Test
        void never_twice_when_a_person_was_first() throws Exception {
            var world = Guarded.flag(5, EVENTS);
            world.serve(9_900, 0.02, 0.02);
            world.person.advance(Guarded.KEY, "I was first"); // and the guard has not seen it yet
            world.clock.advance(Duration.ofSeconds(1));
            world.controller.tick();
            world.sync();
            assertThat(world.percentage()).isEqualTo(25);
            assertThat(world.audit()).extracting(AuditEntry::actor).containsExactly("alice");
        }

        @Test
        void no_stage_of_which_nothing_is_known() {
            var world = Guarded.flag(5, EVENTS);
            world.pass(Duration.ofDays(30));
            assertThat(world.percentage()).isEqualTo(5);
            assertThat(world.report().waiting()).isEqualTo(Waiting.NO_TRAFFIC);
            assertThat(world.report().waitsFor()).isEqualTo("outcomes of anyone; there was none for 15 min");
        }

        @Test
        void not_while_the_arms_have_other_sizes_than_they_should() {
            var world = Guarded.flag(50, EVENTS);
            for (int i = 0; i < 20_000; i++) {
                Outcome outcome = world.turn("u" + i, arm -> 0, Name.ERROR);
                if (outcome != null && (outcome.arm() == Arm.CONTROL || i % 2 == 0)) {
                    world.report(outcome);
                }
                if (i % 100 == 0) {
                    world.pass(Duration.ofMillis(100));
                }
            }
            assertThat(world.percentage()).isEqualTo(50);
            assertThat(world.report().waiting()).isEqualTo(Waiting.SAMPLE_RATIO);
            assertThat(world.report().waitsFor()).startsWith("somebody to find out why ");
        }

        @Test
        void only_when_every_metric_is_safe() {
            var world = Guarded.flag(
                    25, "'guard': {'unit': 'event', 'metrics': [{'name': 'error'}, {'name': 'bad_feedback'}]}");
            world.serve(20_000, 0.02, 0.02);
            assertThat(world.percentage()).isEqualTo(25);
            assertThat(world.report().waitsFor()).isEqualTo("0 of 30 treated turns with an outcome of bad_feedback");
        }
    }

    @Nested
    class Holds {

        @Test
        void what_tells_neither_way() {
            var world = Guarded.flag(50, "'guard': {'unit': 'event', 'alpha': 0.000001}");
            world.serve(20_000, 0.05, 0.057);
            assertThat(world.percentage()).isEqualTo(50);
            assertThat(world.report().state()).isEqualTo(State.HOLDING);
            assertThat(world.report().waiting()).isEqualTo(Waiting.INCONCLUSIVE);
            assertThat(world.report().waitsFor())
                    .matches("evidence that error is at most 1 points more, [\\d.]+ of 20");
        }

        @Test
        void what_has_not_begun() {
            var world = Guarded.flag(0, EVENTS);
            world.serve(1_000, 0.02, 0.02);
            assertThat(world.report().waiting()).isEqualTo(Waiting.PERSON);
            assertThat(world.report().waitsFor()).isEqualTo("a person to begin");
        }
    }

    @Nested
    class OnADryRun {

        @Test
        void only_says_what_it_would_do() {
            var world = Guarded.flag(5, "'guard': {'unit': 'event', 'mode': 'dry_run'}");
            world.serve(2_000, 0.02, 1);
            assertThat(world.isKilled()).isFalse();
            assertThat(world.audit()).isEmpty();
            assertThat(world.report().state()).isEqualTo(State.STOPPED);
            assertThat(world.report().stopped()).startsWith("on a dry run, would be killed at 10:00:");
        }

        @Test
        void acts_as_soon_as_it_may() {
            var world = Guarded.flag(5, "'guard': {'unit': 'event', 'mode': 'dry_run'}");
            world.serve(2_000, 0.02, 1);
            world.edit("'dry_run'", "'enforce'");
            world.pass(Duration.ofSeconds(1));
            assertThat(world.isKilled()).isTrue();
        }
    }

    @Nested
    class Respects {

        @Test
        void a_kill_by_a_person_and_begins_anew_when_it_is_revived() throws Exception {
            var world = Guarded.flag(25, EVENTS);
            world.serve(5_000, 0.02, 0.02);
            world.person.kill(Guarded.KEY, "answers are odd");
            world.sync();
            assertThat(world.report().stopped()).isEqualTo("killed by somebody: answers are odd");

            world.person.revive(Guarded.KEY, "they were not");
            world.sync();
            assertThat(world.report().rollout()).isEqualTo(2);
            assertThat(world.report().evidence()).isEqualTo(1);

            world.serve(50_000, 0.02, 0.02);
            assertThat(world.percentage()).isEqualTo(25);
            assertThat(world.report().waitsFor()).endsWith("it was stopped before");

            world.person.advance(Guarded.KEY, "go on");
            world.sync();
            world.serve(50_000, 0.02, 0.02);
            assertThat(world.percentage()).isEqualTo(100);
        }

        @Test
        void that_it_was_revived_and_kills_again_if_it_still_fails() throws Exception {
            var world = Guarded.flag(5, EVENTS);
            world.serve(2_000, 0.02, 1);
            world.person.revive(Guarded.KEY, "try again");
            world.sync();
            world.serve(2_000, 0.02, 1);
            assertThat(world.isKilled()).isTrue();
            assertThat(world.audit()).extracting(AuditEntry::operation).containsExactly("kill", "revive", "kill");
        }

        @Test
        void a_revival_that_came_before_the_kill_was_seen() throws Exception {
            var world = Guarded.flag(5, EVENTS);
            world.serve(400, 0.02, 0.02);
            for (int i = 0; i < 400; i++) {
                world.report(world.turn("late-" + i, arm -> arm == Arm.TREATMENT ? 1 : 0, Name.ERROR));
            }
            world.clock.advance(Duration.ofSeconds(1));
            world.controller.tick();
            world.person.revive(Guarded.KEY, "at once");
            world.sync();
            world.pass(MINUTE);
            assertThat(world.report().rollout()).isEqualTo(2);
            world.serve(2_000, 0.02, 1);
            assertThat(world.isKilled()).isTrue();
        }

        @Test
        void that_something_else_is_rolled_out_now() {
            var world = Guarded.flag(5, EVENTS);
            world.serve(5_000, 0.02, 0.02);
            Outcome late = Objects.requireNonNull(world.turn("someone", arm -> 1, Name.ERROR));
            world.edit("'new'", "'newer'");
            assertThat(world.report().rollout()).isEqualTo(2);
            assertThat(world.report().metrics().get(0).control().units()).isZero();

            world.document.edit("'serial': 1", "'serial': 2");
            world.sync();
            long missed = world.controller.missed();
            world.report(new Outcome("f", late.arm(), null, "0", late.values()));
            assertThat(world.controller.missed()).isEqualTo(missed + 1);
        }

        @Test
        void that_a_flag_is_not_guarded_any_more() {
            var world = Guarded.flag(5, EVENTS);
            world.edit("'guard'", "'x-guard'");
            assertThat(world.controller.isGuarding()).isFalse();
            world.pass(MINUTE);
        }
    }

    @Nested
    class Counts {

        @Test
        void an_outcome_in_the_stage_that_decided_it() throws Exception {
            var world = Guarded.flag(5, EVENTS);
            world.serve(1_000, 0.02, 0.02);
            List<Outcome> late = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                late.add(Objects.requireNonNull(world.turn("late-" + i, arm -> 0, Name.ERROR)));
            }
            world.person.advance(Guarded.KEY, "go on");
            world.sync();
            late.forEach(world::report);
            world.pass(Duration.ofSeconds(2));

            GuardReport.Metric error = world.report().metrics().get(0);
            assertThat(error.control().units() + error.treatment().units()).isEqualTo(2_000);
            assertThat(error.treatedInStage()).isZero();
        }

        @Test
        void nothing_of_a_ruleset_that_nobody_knows() {
            var world = Guarded.flag(5, EVENTS);
            world.report(new Outcome("f", Arm.TREATMENT, null, "4711", Map.of(Name.ERROR, 1.0)));
            assertThat(world.controller.missed()).isEqualTo(1);
        }

        @Test
        void a_batch_once_however_often_it_comes() {
            var world = Guarded.flag(50, EVENTS);
            List<Outcome> outcomes = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                outcomes.add(Objects.requireNonNull(world.turn("u" + i, arm -> 0, Name.ERROR)));
            }
            var batch = new OutcomeBatch("p-1", 1, 0, outcomes);
            assertThat(world.controller.take(batch)).isTrue();
            assertThat(world.controller.take(batch)).isFalse();
            world.pass(Duration.ofSeconds(20));
            world.restart();
            assertThat(world.controller.take(batch)).isFalse();
            assertThat(world.controller.take(new OutcomeBatch("p-2", 1, 0, List.of())))
                    .isTrue();

            GuardReport.Metric error = world.report().metrics().get(0);
            assertThat(error.control().units() + error.treatment().units()).isEqualTo(200);
        }
    }

    @Nested
    class AfterARestart {

        @Test
        void goes_on_with_all_evidence() {
            var world = Guarded.flag(25, "'guard': {'metrics': [{'name': 'error'}, {'name': 'latency'}]}");
            world.serve(3_000, 0.05, 0.06);
            world.serve(3_000, Name.LATENCY, arm -> 100 + 100 * world.random().nextDouble());
            world.settle();
            world.pass(Duration.ofSeconds(20));
            GuardReport before = world.report();
            assertThat(before.metrics().get(0).evidence()).isNotEqualTo(1);
            assertThat(before.metrics().get(1).evidence()).isNotEqualTo(1);

            world.restart();

            assertThat(withoutStanding(world.report())).isEqualTo(withoutStanding(before));
        }

        /** When the last outcome came is not kept. */
        private static GuardReport withoutStanding(GuardReport report) {
            return new GuardReport(
                    report.flag(),
                    report.rollout(),
                    report.at(),
                    State.RUNNING,
                    null,
                    "",
                    report.dryRun(),
                    report.percentage(),
                    report.nextPercentage(),
                    report.stageSince(),
                    report.units(),
                    report.evidence(),
                    report.limit(),
                    report.advanceLimit(),
                    report.stopped(),
                    report.metrics());
        }

        @Test
        void knows_whom_it_has_counted() {
            var world = Guarded.flag(25, "'guard': {}");
            for (int i = 0; i < 500; i++) {
                world.report(world.turn("u" + i, arm -> 0, Name.ERROR));
            }
            world.settle();
            world.pass(Duration.ofSeconds(20));
            long counted = world.report().metrics().get(0).control().units();
            world.restart();
            for (int i = 0; i < 500; i++) {
                world.report(world.turn("u" + i, arm -> 0, Name.ERROR));
            }
            world.settle();
            assertThat(world.report().metrics().get(0).control().units()).isEqualTo(counted);
        }

        @Test
        void knows_that_it_has_stopped() {
            var world =
                    Guarded.flag(25, "'guard': {'unit': 'event', 'metrics': [{'name': 'error', 'action': 'pause'}]}");
            world.serve(3_000, 0.02, 0.3);
            world.pass(Duration.ofSeconds(20));
            String why = world.report().stopped();
            world.restart();
            assertThat(world.report().stopped()).isEqualTo(why).startsWith("paused at 25 %");
            world.serve(20_000, 0.02, 0.02);
            assertThat(world.percentage()).isEqualTo(25);
        }

        @Test
        void sees_what_has_changed_in_between() throws Exception {
            var world = Guarded.flag(25, EVENTS);
            world.serve(3_000, 0.02, 0.02);
            world.pass(Duration.ofSeconds(20));
            world.person.kill(Guarded.KEY, "by night");
            world.restart();
            assertThat(world.report().state()).isEqualTo(State.STOPPED);
        }

        @Test
        void begins_afresh_where_nothing_can_be_read() {
            var world = Guarded.flag(25, EVENTS);
            world.serve(3_000, 0.02, 0.02);
            world.checkpoint.text = "{";
            world.restart();
            assertThat(world.report().evidence()).isEqualTo(1);
        }
    }

    @Test
    void leaves_it_to_whoever_guards_already() {
        var world = Guarded.flag(5, EVENTS);
        world.checkpoint.unavailable = true;
        world.restart();
        world.serve(2_000, 0.02, 1);
        assertThat(world.isKilled()).isFalse();

        world.checkpoint.unavailable = false;
        world.pass(Duration.ofSeconds(10));
        world.serve(2_000, 0.02, 1);
        assertThat(world.isKilled()).isTrue();
    }

    @Test
    void guards_although_it_cannot_write_down_what_it_knows() {
        var world = Guarded.flag(5, EVENTS);
        world.checkpoint.unavailable = true;
        world.serve(2_000, 0.02, 1);
        assertThat(world.isKilled()).isTrue();
    }

    @Test
    void writes_down_what_it_rests_on_before_it_acts() {
        var world = Guarded.flag(5, EVENTS);
        List<String> written = new ArrayList<>();
        world.document.overtaken = () -> written.add(String.valueOf(world.checkpoint.text));
        world.serve(2_000, 0.02, 1);
        assertThat(written).hasSize(1);
        assertThat(Checkpoint.reports(written.get(0)).get(0).stopped())
                .isEqualTo(world.audit().get(0).reason());
    }

    @ParameterizedTest
    @CsvSource({"PT0S, PT1S", "PT20S, PT1S", "PT1H, PT3M", "PT5H, PT15M", "P30D, PT15M"})
    void waits_for_the_next_turn_of_a_unit_the_longer_the_older_the_stage_is(Duration age, Duration silence) {
        assertThat(Silence.allowed(age)).isEqualTo(silence);
    }

    @Test
    void lets_others_guard_when_it_is_closed() {
        var world = Guarded.flag(5, EVENTS);
        world.controller.close();
        assertThat(world.checkpoint.closed).isTrue();
        assertThat(world.checkpoint.text).isNotNull();
    }
}
