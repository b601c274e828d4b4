package dev.agentflags.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentflags.cli.Shell.Ran;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplayCommandTest {

    private static final Instant START = Instant.parse("2026-11-22T09:00:00Z");

    @TempDir
    Path directory;

    Shell shell;

    @BeforeEach
    void open() {
        shell = new Shell(directory);
    }

    private static String document(double percentage, String more) {
        return """
                {"version": 1, "flags": {
                  "prompt": {"status": "percentage", "percentage": %s, "excluded_users": ["vip"]%s}}}
                """.formatted(percentage, more);
    }

    private static boolean isOn(int user, double percentage) {
        return bucket("u" + user) < percentage;
    }

    /** Worked out by the contract, not by the evaluator. */
    private static double bucket(String user) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(("prompt:" + user).getBytes(StandardCharsets.UTF_8));
            return Integer.toUnsignedLong(ByteBuffer.wrap(hash).getInt()) / (double) 0xFFFFFFFFL * 100;
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static String turns(int users, double servedAt, IntPredicate isBad) {
        StringBuilder lines = new StringBuilder();
        for (int user = 0; user < users; user++) {
            lines.append(String.format(
                    Locale.ROOT,
                    "{\"time\":\"%s\",\"targetingKey\":\"u%d\",\"plan\":\"%s\",\"variants\":{\"prompt\":\"%s\"},\"error\":%s}%n",
                    START.plusSeconds(user),
                    user,
                    user % 2 == 0 ? "free" : "pro",
                    isOn(user, servedAt) ? "on" : "off",
                    isBad.test(user)));
        }
        return lines.toString();
    }

    private static long count(int users, IntPredicate which) {
        return IntStream.range(0, users).filter(which).count();
    }

    @Nested
    class Flipping {

        @Test
        void is_counted_by_user_and_plan_against_what_was_served() {
            shell.file("flags.json", document(25, "")).file("turns.jsonl", turns(400, 5, user -> false));
            long gain = count(400, user -> isOn(user, 25) && !isOn(user, 5));
            long ofPro = count(400, user -> user % 2 == 1 && isOn(user, 25) && !isOn(user, 5));

            Ran ran = shell.run("replay", "@turns.jsonl", "--json", "--show", "2");

            assertThat(ran.status()).isZero();
            assertThat(ran.err()).isEmpty();
            assertThat(ran.out())
                    .startsWith("{\"turns\":400,\"users\":400,\"turns_of_nobody\":0,\"turns_out_of_order\":0,"
                            + "\"from\":\"2026-11-22T09:00:00Z\",\"to\":\"2026-11-22T09:06:39Z\"")
                    .contains("\"prompt\":{\"users\":400,\"on\":" + count(400, user -> isOn(user, 25))
                            + ",\"compared\":400,\"on_before\":" + count(400, user -> isOn(user, 5)) + ",\"gain\":"
                            + gain + ",\"lose\":0,\"other\":0,")
                    .containsPattern(
                            "\"pro\":\\{\"users\":200,\"on\":\\d+,\"compared\":200,\"on_before\":\\d+,\"gain\":" + ofPro
                                    + ",")
                    .containsPattern("\"gaining_users\":\\[\"u\\d+\",\"u\\d+\"]")
                    .contains("\"losing_users\":[]");
        }

        @Test
        void is_counted_against_the_document_before_where_the_record_does_not_say() {
            shell.file("flags.json", document(5, ""))
                    .file("before.json", document(25, ""))
                    .file("turns.jsonl", turns(400, 5, user -> false).replaceAll("\"variants\":\\{[^}]*},", ""));
            long lose = count(400, user -> isOn(user, 25) && !isOn(user, 5));

            Ran ran = shell.run("replay", "@turns.jsonl", "--before", "@before.json");

            assertThat(ran.out())
                    .containsPattern("prompt +400 +\\d+ .* 400 +\\d+ +0 +" + lose + " +0\n")
                    .containsPattern("prompt: lose it: u\\d+, .* and " + (lose - 10) + " more\n");
        }

        @Test
        void is_not_known_without_either() {
            shell.file("flags.json", document(25, ""))
                    .input("{\"time\":\"2026-11-22T09:00:00Z\",\"targetingKey\":\"u1\",\"error\":true}\n");

            Ran ran = shell.run("replay", "-");

            assertThat(ran.out())
                    .containsPattern("prompt +1 +\\d +\\S+ % +– +– +– +– +–\n")
                    .contains("prompt (not guarded; by the guard's defaults): nothing to tell, no outcome counts\n")
                    .contains("0 of 1 turns count: 1 do not say what they were served\n");
        }

        @Test
        void counts_a_user_once_and_nobody_not_at_all() {
            String line = "{\"time\":\"2026-11-22T09:00:00Z\",\"targetingKey\":\"u1\"}\n";
            shell.file("flags.json", document(25, ""))
                    .input(line + line + "{\"time\":\"2026-11-22T08:00:00Z\",\"planet\":\"mars\",\"x-id\":1}\n");

            Ran ran = shell.run("replay", "-");

            assertThat(ran.out()).startsWith("3 turns of 1 users, 2026-11-22T08:00:00Z to 2026-11-22T09:00:00Z\n");
            assertThat(ran.err()).isEqualTo("""
                    warning: fields of the record that nothing is known of: planet; attributes go under "attributes"
                    warning: 1 turns are earlier than one before them, and were taken as of its time
                    warning: 1 turns have no targetingKey, and are of no user
                    """);
        }
    }

    @Nested
    class TheGuard {

        @Test
        void would_have_killed_what_was_worse() {
            shell.file("flags.json", document(25, ", \"guard\": {}"))
                    .file("turns.jsonl", turns(400, 25, user -> isOn(user, 25) ? user % 2 == 0 : user % 25 == 0));

            Ran ran = shell.run("replay", "@turns.jsonl");

            assertThat(ran.out())
                    .containsPattern(
                            "prompt: on 2026-11-22 would have been killed at 09:0\\d:\\d\\d: \\d+ of \\d+ treated users"
                                    + " met an error, \\d+ of \\d+ others; evidence \\d+ against a limit of 100 \\(α = 1 %\\)\n")
                    .contains("  400 of 400 turns count\n");
        }

        @Test
        void would_not_have_acted_on_what_others_were_served() {
            shell.file("flags.json", document(25, ", \"guard\": {}"))
                    .file("turns.jsonl", turns(400, 0.0001, user -> isOn(user, 25)));

            Ran ran = shell.run("replay", "@turns.jsonl");

            assertThat(ran.out())
                    .contains("prompt: would not have acted\n")
                    .contains(count(400, user -> !isOn(user, 25)) + " of 400 turns count: "
                            + count(400, user -> isOn(user, 25)) + " were served something else\n");
        }

        @Test
        void does_not_count_whom_a_list_decided() {
            shell.file("flags.json", document(25, ", \"guard\": {}, \"targeted_plans\": [\"pro\"]"))
                    .file("turns.jsonl", turns(400, 25, user -> false));

            assertThat(shell.run("replay", "@turns.jsonl").out())
                    .contains("200 of 400 turns count: 200 were not decided by the bucket\n");
        }

        @Test
        void would_have_gone_on_with_what_was_safe() {
            shell.file(
                            "flags.json",
                            document(
                                    50,
                                    ", \"guard\": {}, \"rollout\": {\"stages\": [1, 50, 60], \"min_duration\": \"PT1H\"}"))
                    .file("turns.jsonl", turns(9_000, 50, user -> user % 50 == 7));

            Ran ran = shell.run("replay", "@turns.jsonl");

            assertThat(ran.out())
                    .containsPattern("prompt: would have gone on from 50 % to 60 % at 2026-11-22T1[01]:\\d\\d:\\d\\d")
                    .containsPattern(
                            "evidence \\S+ of 100 that it is worse, \\S+ of 20 that it is at most 1.67 points more\n");
        }

        @Test
        void has_nothing_to_compare_where_nothing_is_rolled_out() {
            shell.file("flags.json", "{\"prompt\": {\"status\": \"on\"}}")
                    .file("turns.jsonl", turns(5, 5, user -> true));

            assertThat(shell.run("replay", "@turns.jsonl").out())
                    .contains("nothing to compare: none of these flags is rolled out to a part of the users\n");
        }

        @Test
        void is_the_same_every_time() {
            shell.file("flags.json", document(25, ", \"guard\": {}"))
                    .file("turns.jsonl", turns(400, 25, user -> user % 3 == 0));

            assertThat(shell.run("replay", "@turns.jsonl", "--json"))
                    .isEqualTo(shell.run("replay", "@turns.jsonl", "--json"));
        }

        @Test
        void kills_the_example() {
            Path examples = Path.of("..", "examples");

            Ran ran = shell.run(
                    "replay",
                    examples.resolve("turns.jsonl").toString(),
                    "--flags",
                    examples.resolve("flags-full.json").toString());

            assertThat(ran.status()).isZero();
            assertThat(ran.err()).isEmpty();
            assertThat(ran.out()).contains("support_agent: on 2026-11-22 would have been killed at 09:");
        }
    }

    @Nested
    class Failing {

        @ParameterizedTest(name = "{0}: {1}")
        @CsvSource(
                delimiter = '|',
                value = {
                    "{\"error\":true} | /time: expected a time such as 2026-11-22T10:00:00Z, found nothing",
                    "{\"time\":\"today\"} | /time: expected a time such as 2026-11-22T10:00:00Z, found \"today\"",
                    "{\"time\":\"2026-11-22T10:00:00Z\",\"error\":1} | /error: expected true or false, found 1",
                    "{\"time\":\"2026-11-22T10:00:00Z\",\"feedback\":\"ok\"} | /feedback: expected \"good\" or \"bad\", found \"ok\"",
                    "{\"time\":\"2026-11-22T10:00:00Z\",\"latency_ms\":-1} | /latency_ms: expected a number of at least 0, found -1",
                    "{\"time\":\"2026-11-22T10:00:00Z\",\"variants\":{\"prompt\":1}} | /variants/prompt: expected a string, found 1",
                    "[] | /: expected an object, found []"
                })
        void names_the_line_and_what_was_expected(String line, String message) {
            shell.file("flags.json", document(25, ""))
                    .file("turns.jsonl", "{\"time\":\"2026-11-22T09:00:00Z\"}\n\n" + line + "\n");

            assertThat(shell.run("replay", "@turns.jsonl"))
                    .isEqualTo(new Ran(Exit.PROBLEMS, "", "error: turns.jsonl:3: " + message + "\n"));
        }

        @Test
        void says_that_there_is_no_file() {
            shell.file("flags.json", document(25, ""));

            assertThat(shell.run("replay", "@gone.jsonl").err()).startsWith("error: there is no file gone.jsonl\n");
            assertThat(shell.run("replay", "-", "--before", "@gone.json").err())
                    .startsWith("error: there is no file gone.json\n");
            assertThat(shell.run("replay", "-", "--show", "-1").status()).isEqualTo(Exit.USAGE);
        }

        @Test
        void says_that_there_are_no_turns() {
            assertThat(shell.file("flags.json", document(25, "")).input("\n").run("replay", "-"))
                    .isEqualTo(new Ran(0, "no turns\n", ""));
        }
    }

    @Test
    void knows_whom_it_has_seen() {
        var seen = new SeenUsers();
        int wrong = 0;
        for (int i = 0; i < 200_000; i++) {
            wrong += seen.isNew("user-" + i) ? 0 : 1;
        }

        assertThat(wrong).isLessThan(3);
        assertThat(seen.isNew("user-7")).isFalse();
    }
}
