package dev.agentflags.remote.follow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentflags.remote.follow.Answer.Failure;
import dev.agentflags.remote.follow.Answer.Kind;
import dev.agentflags.source.RecordingListener;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A follower with the time and the server of a test. */
class FollowerTest {

    private final RecordingListener listener = new RecordingListener();
    private final World world = new World(Timing.DEFAULT, listener);

    private static String serial(long serial) {
        return serial("l1", serial);
    }

    private static String serial(String lineage, long serial) {
        return "{\"version\": 1, \"lineage\": \"%s\", \"serial\": %d, \"flags\": {}}".formatted(lineage, serial);
    }

    private static Notice notice(long serial) {
        return new Notice(serial, "l1", "\"x\"", Duration.ZERO);
    }

    private List<String> etags() {
        return world.requests.stream()
                .map(request -> String.valueOf(request.etag()))
                .toList();
    }

    /** Begins with a document in force and a stream that is open. */
    private void begin(long serial) {
        world.serve(serial(serial), "\"" + serial + "\"").run(Duration.ZERO);
        world.follower.opened();
        world.run(Duration.ZERO);
        world.requests.clear();
        world.times.clear();
    }

    @Nested
    class Polling {

        @Test
        void asks_every_ten_seconds_a_fifth_more_or_less() {
            world.serve(serial(1), "\"1\"").run(600);

            assertThat(world.requests).hasSizeBetween(55, 65);
            for (int i = 1; i < world.times.size(); i++) {
                assertThat(world.times.get(i).minus(world.times.get(i - 1)))
                        .isBetween(Duration.ofSeconds(8), Duration.ofSeconds(12));
            }
        }

        @Test
        void sends_the_etag_back_as_it_is() {
            world.serve(serial(1), "W/\"1\"").run(15);

            assertThat(etags()).startsWith("null", "W/\"1\"");
        }

        @Test
        void asks_for_the_whole_every_ten_minutes() {
            world.serve(serial(1), "\"1\"").run(1900);

            assertThat(etags().stream().filter("null"::equals)).hasSize(4);
        }

        @Test
        void confirms_what_it_is_told_is_unchanged() {
            world.serve(serial(1), "\"1\"").run(30);

            assertThat(listener.accepted()).containsExactly(serial(1));
            assertThat(listener.calls()).isGreaterThan(2);
            assertThat(listener.failures()).isEmpty();
        }
    }

    @Nested
    class Etags {

        @Test
        void are_kept_only_together_with_a_document_that_was_accepted() {
            world.serve(serial(1), "\"v1\"").run(1);
            world.serve("bad", "\"v2\"").run(30);

            assertThat(etags()).doesNotContain("\"v2\"").contains("\"v1\"");
            assertThat(listener.accepted()).containsExactly(serial(1));
        }

        @Test
        void of_a_failed_request_for_the_whole_are_not_sent_with_the_next_either() {
            world.once(Failure.passing("down")).serve(serial(1), "\"1\"").run(1);

            assertThat(etags()).containsExactly("null", "null");
        }
    }

    @Nested
    class Refusal {

        @Test
        void is_told_when_it_is_found_twice() {
            world.serve(serial(1), "\"1\"").run(1);
            world.once(World.document("bad", null)).run(15);
            assertThat(listener.failures()).isEmpty();
            world.serve("bad", null).run(15);

            assertThat(listener.failures()).containsExactly("here: refused: bad");
        }

        @Test
        void of_the_same_document_is_not_asked_for_twice() {
            world.serve("bad", null).run(60);

            assertThat(listener.delivered()).containsExactly("bad");
            assertThat(world.requests).hasSizeGreaterThan(4);
        }

        @Test
        void is_told_to_the_server() {
            world.serve(serial(7), "\"7\"").run(1);
            world.serve(serial(8).replace("l1", "bad"), "\"8\"").run(15);

            assertThat(world.requests.get(world.requests.size() - 1).client())
                    .matches("id=[0-9a-f]{1,16};serial=7;state=STALE;rejected=8");
        }
    }

    @Nested
    class WithoutADocument {

        @Test
        void a_failure_that_will_last_is_told_at_once() {
            world.answer(Failure.lasting("HTTP 401")).run(Duration.ZERO);

            assertThat(listener.failures()).containsExactly("here: HTTP 401");
        }

        @Test
        void a_failure_that_may_pass_is_told_after_a_second() {
            world.answer(Failure.passing("HTTP 503")).run(Duration.ofMillis(740));
            assertThat(listener.failures()).isEmpty();
            world.run(3);

            assertThat(listener.failures()).containsExactly("here: HTTP 503");
        }

        @Test
        void the_server_is_told_so() {
            world.run(1);

            assertThat(world.requests.get(0).client()).matches("id=[0-9a-f]{1,16};state=NOT_READY");
        }
    }

    @Nested
    class Staleness {

        @Test
        void is_a_matter_of_time_and_not_of_an_error() {
            world.serve(serial(1), "\"1\"").run(1);
            world.answer(Failure.passing("HTTP 503")).run(43);
            assertThat(listener.failures()).isEmpty();
            world.run(3);

            assertThat(listener.failures()).containsExactly("here: not confirmed for PT45S: HTTP 503");
        }

        @Test
        void is_told_again_only_where_there_is_another_reason() {
            world.serve(serial(1), "\"1\"").run(1);
            world.answer(Failure.passing("one")).run(300);
            world.answer(Failure.passing("other")).run(300);
            world.answer(Failure.passing("one")).run(300);

            assertThat(listener.failures()).containsExactly("here: not confirmed for PT45S: one", "here: other");
        }

        @Test
        void ends_with_a_confirmation() {
            world.serve(serial(1), "\"1\"").run(1);
            world.answer(Failure.passing("down")).run(60);
            int calls = listener.calls();
            world.serve(serial(1), "\"1\"").run(60);

            assertThat(listener.calls()).isGreaterThan(calls);
            assertThat(listener.failures()).hasSize(1);
        }

        @Test
        void is_not_reached_where_every_second_answer_is_good() {
            world.serve(serial(1), "\"1\"").run(1);
            for (int i = 0; i < 600; i++) {
                if (world.requests.size() % 2 == 1 && world.answers.isEmpty()) {
                    world.once(Failure.lasting("HTTP 404"));
                }
                world.run(Duration.ofMillis(200));
            }

            assertThat(world.requests).hasSizeGreaterThan(10);
            assertThat(listener.failures()).isEmpty();
        }

        @Test
        void is_told_in_time_although_a_request_is_under_way() {
            world.serve(serial(1), "\"1\"").run(1);
            world.once(new Failure("HTTP 503", Kind.PASSING, Duration.ofSeconds(34)))
                    .run(45);

            assertThat(world.requests).hasSize(3);
            assertThat(world.requests.get(2).timeout())
                    .isBetween(Duration.ofSeconds(1), Duration.ofMillis(3100))
                    .isLessThanOrEqualTo(Duration.ofSeconds(46).minus(world.times.get(2)));
        }

        @Test
        void does_not_depend_on_the_clock_on_the_wall() {
            world.serve(serial(1), "\"1\"").run(1);
            for (long jump : new long[] {3_600_000, -3_600_000}) {
                world.wallMillis.addAndGet(jump);
                world.run(20);
            }

            assertThat(listener.failures()).isEmpty();
        }

        @Test
        void kills_only_where_that_is_wanted() {
            var lapsed = new ArrayList<String>();
            var timing = Timing.DEFAULT.with(Duration.ofSeconds(10), Duration.ofSeconds(45), Duration.ofMinutes(2));
            var dying = new World(timing, lapsing(lapsed));
            dying.serve(serial(1), "\"1\"").run(1);
            dying.answer(Failure.passing("down")).run(100);
            assertThat(lapsed).isEmpty();
            dying.run(600);

            assertThat(lapsed).containsExactly("here: not confirmed for PT2M, so every flag is killed until it is");
        }

        @Test
        void kills_again_after_it_was_confirmed() {
            var lapsed = new ArrayList<String>();
            var timing = Timing.DEFAULT.with(Duration.ofSeconds(10), Duration.ofSeconds(45), Duration.ofMinutes(2));
            var dying = new World(timing, lapsing(lapsed));
            for (int i = 0; i < 2; i++) {
                dying.serve(serial(1), "\"1\"").run(60);
                dying.answer(Failure.passing("down")).run(200);
            }

            assertThat(lapsed).hasSize(2);
        }

        private RecordingListenerWithLapse lapsing(List<String> lapsed) {
            return new RecordingListenerWithLapse(listener, lapsed);
        }
    }

    @Nested
    class Stream {

        @Test
        void is_where_the_document_says() {
            world.serve(serial(1), "\"1\"").run(1);
            assertThat(world.stream).isEqualTo(World.STREAM);
            world.answer(new Answer.Document(serial(2).getBytes(StandardCharsets.UTF_8), null, null))
                    .run(15);

            assertThat(world.stream).isNull();
        }

        @Test
        void lets_requests_be_made_every_five_minutes_only() {
            begin(1);
            world.runWithHeartbeats(Duration.ofMinutes(20));

            assertThat(world.requests).hasSize(4);
            assertThat(listener.failures()).isEmpty();
        }

        @Test
        void that_is_silent_confirms_nothing() {
            begin(1);
            world.run(46);

            assertThat(listener.failures()).containsExactly("here: not confirmed for PT45S");
        }

        @Test
        void that_tells_of_a_change_has_it_fetched_at_once() {
            begin(1);
            world.serve(serial(2), "\"2\"");
            world.follower.announced(notice(2));
            world.run(Duration.ZERO);

            assertThat(listener.accepted()).containsExactly(serial(1), serial(2));
        }

        @Test
        void that_tells_of_what_is_there_has_nothing_fetched() {
            begin(1);
            world.follower.announced(notice(1));
            world.follower.announced(new Notice(null, null, "W/\"1\"", Duration.ZERO));
            world.run(1);

            assertThat(world.requests).isEmpty();
        }

        @Test
        void that_tells_of_an_older_document_has_it_looked_at() {
            begin(2);
            world.follower.announced(notice(1));
            world.run(1);

            assertThat(world.requests).hasSize(1);
        }

        @Test
        void spreads_what_is_not_urgent() {
            begin(1);
            world.serve(serial(2), "\"2\"");
            world.follower.announced(new Notice(2L, "l1", null, Duration.ofSeconds(1)));
            world.run(Duration.ofMillis(2));
            assertThat(world.requests).isEmpty();
            world.run(1);

            assertThat(listener.accepted()).endsWith(serial(2));
        }

        @Test
        void that_tells_a_hundred_times_during_one_request_has_one_more_made() {
            begin(1);
            world.serve("{\"a\": {\"status\": \"on\"}}", "\"a\"").meanwhile(() -> {
                for (int i = 0; i < 100; i++) {
                    world.follower.announced(Notice.UNSPECIFIED);
                }
            });
            world.follower.announced(Notice.UNSPECIFIED);
            world.run(5);

            assertThat(world.requests).hasSize(2);
        }

        @Test
        void that_tells_before_it_is_served_has_it_asked_for_until_it_is() {
            begin(1);
            world.follower.announced(notice(2));
            world.run(Duration.ofMillis(360));
            assertThat(world.times.stream()
                            .map(time -> time.minus(world.times.get(0)).toMillis()))
                    .containsExactly(0L, 50L, 150L, 350L);
            world.serve(serial(2), "\"2\"").run(Duration.ofMillis(400));

            assertThat(listener.accepted()).endsWith(serial(2));
        }

        @Test
        void that_tells_of_what_never_comes_has_it_polled_for_and_stale_in_the_end() {
            begin(1);
            world.follower.announced(notice(2));
            world.run(5);
            int soon = world.requests.size();
            world.runWithHeartbeats(Duration.ofSeconds(44));

            assertThat(soon).isEqualTo(7);
            assertThat(world.requests).hasSizeBetween(soon + 3, soon + 7);
            assertThat(listener.failures())
                    .containsExactly("here: not confirmed for PT45S: a newer document was announced than is served");
        }

        @Test
        void that_is_new_has_the_document_asked_for_and_the_whole_where_it_was_lost() {
            begin(1);
            world.follower.ended();
            world.run(1);
            world.follower.opened();
            world.run(1);

            assertThat(etags()).containsExactly("null");
        }

        @Test
        void that_ends_has_the_server_polled() {
            begin(1);
            world.follower.ended();
            world.run(60);

            assertThat(world.requests).hasSizeBetween(5, 8);
        }

        @Test
        void that_lives_does_not_confirm_what_the_server_cannot_serve() {
            begin(1);
            world.answer(Failure.passing("HTTP 500"));
            world.follower.announced(notice(2));
            world.runWithHeartbeats(Duration.ofSeconds(60));

            assertThat(listener.failures()).startsWith("here: not confirmed for PT45S: HTTP 500");
        }

        @Test
        void does_not_hurry_those_whom_the_server_has_asked_to_wait() {
            begin(1);
            world.answer(new Failure("HTTP 429", Kind.PASSING, Duration.ofSeconds(30)));
            world.follower.announced(notice(2));
            world.run(1);
            world.follower.announced(notice(3));
            world.follower.ended();
            world.follower.opened();
            world.run(20);

            assertThat(world.requests).hasSize(1);
        }

        @Test
        void that_is_back_ends_the_wait_for_the_next_attempt() {
            begin(1);
            world.follower.ended();
            world.answer(Failure.passing("down")).run(120);
            world.serve(serial(2), "\"2\"");
            world.follower.opened();
            world.run(Duration.ZERO);

            assertThat(listener.accepted()).endsWith(serial(2));
        }
    }

    @Nested
    class Sleeping {

        @Test
        void is_followed_by_staleness_at_once_a_new_stream_and_a_request_for_the_whole() {
            begin(1);
            world.pass(Duration.ofSeconds(60));
            world.meanwhile(() -> assertThat(listener.failures()).hasSize(1));
            world.run(Duration.ZERO);

            assertThat(listener.failures()).containsExactly("here: not confirmed for PT45S");
            assertThat(world.reconnects).isEqualTo(1);
            assertThat(etags()).containsExactly("null");
        }

        @Test
        void is_not_ended_by_what_was_heard_before_it() {
            begin(1);
            world.pass(Duration.ofSeconds(60));
            world.follower.alive();
            world.run(Duration.ZERO);

            assertThat(listener.failures()).hasSize(1);
        }

        @Test
        void of_the_machine_is_followed_by_a_request_for_the_whole() {
            begin(1);
            world.wallMillis.addAndGet(Duration.ofMinutes(5).toMillis());
            world.run(Duration.ZERO);

            assertThat(listener.failures()).isEmpty();
            assertThat(world.reconnects).isEqualTo(1);
            assertThat(etags()).containsExactly("null");
        }
    }

    @Nested
    class Cache {

        @TempDir
        Path directory;

        private World start(RecordingListener told) {
            return new World(Timing.DEFAULT, told, cache(), 1);
        }

        private DocumentCache cache() {
            return new DocumentCache(directory, URI.create("https://flags.example.com/v1/document"));
        }

        @Test
        void is_served_and_stale_where_the_server_is_down() {
            start(listener).serve(serial(3), "\"3\"").run(1);
            var second = new RecordingListener();
            start(second).answer(Failure.passing("down")).run(Duration.ZERO);

            assertThat(second.accepted()).containsExactly(serial(3));
            assertThat(second.failures()).containsExactly("here: down");
        }

        @Test
        void is_not_waited_for_longer_than_two_seconds() {
            start(listener).serve(serial(3), "\"3\"").run(1);
            var second = start(new RecordingListener());
            second.answer(Failure.passing("down")).run(1);

            assertThat(second.requests.get(0).timeout()).isEqualTo(Duration.ofSeconds(2));
            assertThat(second.requests.get(1).timeout()).isEqualTo(Duration.ofSeconds(5));
        }

        @Test
        void comes_before_what_the_server_has() {
            start(listener).serve(serial(3), "\"3\"").run(1);
            var second = new RecordingListener();
            start(second).serve(serial(4), "\"4\"").run(1);

            assertThat(second.accepted()).containsExactly(serial(3), serial(4));
            assertThat(second.failures()).isEmpty();
        }

        @Test
        void that_the_server_still_has_is_confirmed() {
            start(listener).serve(serial(3), "\"3\"").run(1);
            var second = new RecordingListener();
            start(second).serve(serial(3), "\"3\"").run(1);

            assertThat(second.accepted()).containsExactly(serial(3));
            assertThat(second.calls()).isEqualTo(2);
        }

        @Test
        void that_is_refused_is_passed_over() {
            cache().save("bad".getBytes(StandardCharsets.UTF_8));
            start(listener).serve(serial(4), "\"4\"").run(1);

            assertThat(listener.accepted()).containsExactly(serial(4));
        }

        @Test
        void keeps_the_last_document_that_was_accepted() {
            World first = start(listener).serve(serial(3), "\"3\"").run(1);
            first.serve("bad", "\"4\"").run(60);

            assertThat(cache().load()).isEqualTo(serial(3).getBytes(StandardCharsets.UTF_8));
        }
    }
}
