package dev.agentflags.remote;

import static dev.agentflags.remote.Rig.document;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentflags.openfeature.AgentFlagsProvider;
import dev.agentflags.openfeature.Eventually;
import dev.agentflags.remote.http.Token;
import dev.openfeature.sdk.ImmutableContext;
import dev.openfeature.sdk.ProviderState;
import dev.openfeature.sdk.Value;
import dev.openfeature.sdk.exceptions.GeneralError;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import okio.Buffer;
import okio.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What an application sees of its flags, whatever becomes of the server and of the way there. The numbers are those of the fault
 * matrix; what is a matter of long times is in {@code FollowerTest} and {@code BackoffTest}, of the parts in the tests of
 * {@code http}, and of a real server in {@code NginxTest}.
 */
@Timeout(60)
class FaultsTest {

    private final FakeServer server = new FakeServer();
    private final Rig rig = new Rig();

    @TempDir
    Path directory;

    @AfterEach
    void stop() {
        assertThat(rig.states).doesNotContain(ProviderState.FATAL);
        rig.close();
        server.close();
    }

    private void begin(String document) throws IOException {
        server.serve(document).start();
        rig.start(server.url());
    }

    private void assertThatAKillArrives(long serial) {
        server.serve(document(serial, true));
        server.say(FakeServer.event(serial));
        Eventually.until(rig::isKilled);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void f01_a_server_that_is_not_there_at_the_start_is_an_error_until_it_is() throws IOException {
        int port = freePort();
        assertThatThrownBy(() -> rig.start("http://localhost:" + port))
                .isInstanceOf(GeneralError.class)
                .hasMessageContaining("http://localhost:" + port + "/v1/document: cannot be connected to");
        assertThat(rig.client.getProviderState()).isEqualTo(ProviderState.ERROR);
        assertThat(rig.isOn()).isFalse();
        server.serve(document(1, false)).web.start(port);

        rig.until(ProviderState.READY);
        assertThat(rig.isOn()).isTrue();
    }

    @Test
    void f01_a_name_that_nobody_knows_is_an_error() {
        assertThatThrownBy(() -> rig.start("https://flags.invalid"))
                .isInstanceOf(GeneralError.class)
                .hasMessageContaining("the host's name is not known");
    }

    @Test
    void f02_a_server_that_never_answers_is_given_up_and_asked_again() throws IOException {
        server.next(new MockResponse.Builder()
                        .onResponseStart(SocketEffect.Stall.INSTANCE)
                        .build())
                .serve(document(1, false))
                .start();
        long start = System.nanoTime();
        assertThatThrownBy(() -> rig.start(server.url())).hasMessageContaining("no answer in time");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));

        rig.until(ProviderState.READY);
    }

    @Test
    void f03_a_stream_that_is_cut_is_opened_again() throws IOException {
        server.stream(null);
        server.serve(document(1, false)).start();
        try (var proxy = new FaultProxy(server.web.getPort())) {
            rig.start(proxy.url());
            server.awaitStreams(1);
            proxy.resetAll();
            Eventually.until(() -> server.listens().size() >= 2);
            assertThatAKillArrives(2);
        }
    }

    @Test
    void f03_a_change_that_was_missed_meanwhile_is_found_although_its_etag_is_the_same() throws IOException {
        server.stream(null).serve(document(1, false), "\"same\"").start();
        rig.timing(Timings.PUSHED).start(server.url());
        server.awaitStreams(1);
        server.serve(document(2, true), "\"same\"");
        server.endStreams();

        Eventually.until(rig::isKilled);
    }

    @Test
    void f04_a_line_that_is_dead_without_a_word_is_noticed() throws IOException {
        server.stream(null).serve(document(1, false)).start();
        try (var proxy = new FaultProxy(server.web.getPort())) {
            rig.timing(Timings.PUSHED).start(proxy.url());
            server.awaitStreams(1);
            proxy.set(FaultProxy.Mode.BLACK_HOLE);
            rig.until(ProviderState.STALE);
            assertThat(rig.isOn()).isTrue();
            server.serve(document(2, true));
            proxy.set(FaultProxy.Mode.PASS);
            proxy.resetAll();

            Eventually.until(rig::isKilled);
            rig.until(ProviderState.READY);
        }
    }

    @Test
    void f05_a_stream_without_heartbeats_does_not_keep_a_document_fresh() throws IOException {
        server.stream(null).serve(document(1, false)).start();
        rig.timing(Timings.PUSHED).start(server.url());
        server.awaitStreams(1);
        server.withdraw(503);

        rig.until(ProviderState.STALE);
        assertThat(rig.isOn()).isTrue();
        assertThat(server.listens()).hasSizeGreaterThan(1);
    }

    @Test
    void f05_heartbeats_keep_a_document_fresh() throws Exception {
        server.stream(null).serve(document(1, false)).start();
        rig.timing(Timings.PUSHED).start(server.url());
        server.awaitStreams(1);
        int fetches = server.fetches().size();
        for (int i = 0; i < 20; i++) {
            server.say(": hb\n\n");
            TimeUnit.MILLISECONDS.sleep(100); // what is tested is that time passes
        }

        assertThat(rig.states).doesNotContain(ProviderState.STALE);
        assertThat(server.fetches().size()).isLessThanOrEqualTo(fetches + 1);
        assertThat(server.listens()).hasSize(1);
    }

    @Test
    void f07_a_server_that_ends_every_stream_is_not_overrun() throws Exception {
        for (int i = 0; i < 30; i++) {
            server.nextStream(new MockResponse.Builder()
                    .addHeader("Content-Type", "text/event-stream")
                    .body("retry: 0\n\n")
                    .build());
        }
        server.stream(null).serve(document(1, false)).start();
        rig.timing(Timings.BACKING_OFF).start(server.url());
        TimeUnit.SECONDS.sleep(1); // a tenth of the ten seconds of the matrix, as all times here are

        assertThat(server.listens()).hasSizeBetween(3, 7);
        assertThatAKillArrives(2);
    }

    @Test
    void f09_a_body_that_drips_is_given_up() throws IOException {
        begin(document(1, false));
        server.next(server.good(document(2, true), "\"2\"")
                .throttleBody(1, 100, TimeUnit.MILLISECONDS)
                .build());
        server.serve(document(3, true));

        Eventually.until(rig::isKilled);
        Eventually.until(() -> !rig.changes.isEmpty());
        assertThat(rig.changes.get(0).getEventMetadata().getLong("serial")).isEqualTo(3);
    }

    @Test
    void f12_a_server_without_a_stream_is_polled_and_asked_for_one_again() throws IOException {
        server.nextStream(FakeServer.status(404), FakeServer.status(501), FakeServer.status(200));
        server.stream(null);
        begin(document(1, false));
        assertThatAKillArrives(2);

        server.awaitStreams(1);
        assertThat(server.listens()).hasSize(4);
    }

    @Test
    void f13_a_document_that_has_not_changed_is_no_event() throws IOException {
        begin(document(1, false));
        int fetches = server.fetches().size();
        server.awaitFetches(fetches + 10);

        assertThat(rig.changes).isEmpty();
        assertThat(server.fetches().get(fetches).getHeaders().get("If-None-Match"))
                .startsWith("\"");
    }

    @Test
    void f15_a_weak_etag_is_taken_and_sent_back_as_it_is() throws IOException {
        server.serve(document(1, false), "W/\"1\"").start();
        rig.start(server.url());
        server.awaitFetches(3);

        assertThat(server.fetches().get(2).getHeaders().get("If-None-Match")).isEqualTo("W/\"1\"");
    }

    @Test
    void f16_the_etag_of_a_document_that_is_bad_is_never_sent() throws IOException {
        server.serve(document(1, false), "\"v1\"").start();
        rig.start(server.url());
        server.serve("{\"version\": 1, \"flags\": ", "\"v2\"");
        rig.until(ProviderState.STALE);
        server.serve(document(2, true), "\"v2\"");

        Eventually.until(rig::isKilled);
        assertThat(server.fetches().stream().map(request -> request.getHeaders().get("If-None-Match")))
                .contains("\"v1\"");
    }

    @Test
    void f18_a_token_that_is_refused_is_asked_for_anew_until_it_is_right() throws IOException {
        Path file = Files.writeString(directory.resolve("token"), "old");
        server.serve(document(1, true)).start();
        rig.token(Token.in(file)).start(server.url());
        server.withdraw(401);
        rig.until(ProviderState.STALE);
        assertThat(rig.isKilled()).isTrue();
        Files.writeString(file, "new\n");
        server.serve(document(2, true));

        rig.until(ProviderState.READY);
        assertThat(server.fetches().get(0).getHeaders().get("Authorization")).isEqualTo("Bearer old");
        assertThat(server.fetches()
                        .get(server.fetches().size() - 1)
                        .getHeaders()
                        .get("Authorization"))
                .isEqualTo("Bearer new");
        assertThat(rig.reasons).allMatch(reason -> reason.contains("HTTP 401") && !reason.contains("old"));
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404, 410})
    void f18_a_refusal_at_the_start_is_an_error_and_not_the_end(int status) throws IOException {
        server.withdraw(status);
        server.start();
        assertThatThrownBy(() -> rig.start(server.url())).hasMessageContaining("HTTP " + status);
        assertThat(rig.client.getProviderState()).isEqualTo(ProviderState.ERROR);
        server.serve(document(1, false));

        rig.until(ProviderState.READY);
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 302, 400, 403, 404, 410, 429, 500, 501, 502, 503, 504})
    void f19_f21_whatever_status_comes_the_flags_stay_and_come_back(int status) throws IOException {
        begin(document(1, true));
        server.withdraw(status);
        rig.until(ProviderState.STALE);
        assertThat(rig.isKilled()).isTrue();
        server.serve(document(2, false));

        rig.until(ProviderState.READY);
        assertThat(rig.isOn()).isTrue();
    }

    @Test
    void f24_a_body_that_is_cut_short_is_not_taken() throws IOException {
        begin(document(1, true));
        String cut = document(2, false);
        for (int i = 0; i < 3; i++) {
            server.next(
                    server.good(cut, "\"2\"")
                            .setHeader("Content-Length", cut.length() + 10)
                            .onResponseEnd(new SocketEffect.CloseSocket())
                            .build(),
                    new MockResponse.Builder()
                            .chunkedBody(cut, 10)
                            .onResponseBody(new SocketEffect.CloseSocket())
                            .build());
        }
        int fetches = server.fetches().size();
        server.awaitFetches(fetches + 8);

        assertThat(rig.isKilled()).isTrue();
        assertThat(rig.changes).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html><body>Sign in</body></html>",
                "null",
                "",
                "{}",
                "[]",
                "7",
                "{\"error\": \"no\"}",
                "{\"version\": 2, \"flags\": {\"agent\": {\"status\": \"on\"}}}",
                "{\"version\": 1, \"version\": 1, \"flags\": {}}",
                "{\"version\": 1, \"serial\": \"x\", \"flags\": {}}",
                "{\"version\": 1, \"flags\": {\"agent\": {\"status\": \"on\"}}} x",
            })
    void f25_f26_f28_what_is_no_document_is_not_taken(String body) throws IOException {
        begin(document(1, true));
        server.serve(body);

        rig.until(ProviderState.STALE);
        assertThat(rig.isKilled()).isTrue();
        assertThat(rig.changes).isEmpty();
    }

    @Test
    void f27_a_document_that_is_too_large_when_decompressed_is_not_taken() throws IOException {
        begin(document(1, true));
        Buffer bomb = gzip(new byte[50_000_000]);
        server.finish(answer -> answer.body(bomb.clone()).setHeader("Content-Encoding", "gzip"));
        server.serve("a bomb");

        rig.until(ProviderState.STALE);
        assertThat(rig.isKilled()).isTrue();
        assertThat(rig.reason()).contains("larger than 8388608 bytes");
    }

    private static Buffer gzip(byte[] bytes) {
        var compressed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(compressed)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return new Buffer().write(compressed.toByteArray());
    }

    @Test
    void f28_what_a_later_version_adds_is_passed_over() throws IOException {
        begin(document(1, false).replace("\"flags\"", "\"later\": {\"a\": 1}, \"flags\""));

        assertThat(rig.isOn()).isTrue();
    }

    @Test
    void f29_one_bad_flag_among_many_does_not_hold_up_a_kill() throws IOException {
        begin(document(1, false));
        String others = IntStream.range(0, 500)
                .mapToObj(i -> "\"f%d\": {\"status\": \"%s\"}".formatted(i, i == 250 ? "bad" : "on"))
                .collect(Collectors.joining(", "));
        server.serve(document(2, true).replace("\"flags\": {", "\"flags\": {" + others + ", "));

        Eventually.until(rig::isKilled);
        assertThat(rig.client.getBooleanValue("f499", false)).isTrue();
    }

    @Test
    void f30_an_older_document_is_not_taken_and_another_stores_is() throws IOException {
        begin(document(7, true));
        server.serve(document(6, false));
        rig.until(ProviderState.STALE);
        assertThat(rig.isKilled()).isTrue();
        assertThat(rig.reason()).contains("serial 6 is older than serial 7");
        server.serve(document("l2", 1, false));

        rig.until(ProviderState.READY);
        assertThat(rig.isOn()).isTrue();
    }

    @Test
    void f31_a_document_that_is_announced_before_it_is_served_is_waited_for() throws IOException {
        server.stream(null);
        server.serve(document(1, false)).start();
        rig.timing(Timings.PUSHED).start(server.url());
        server.awaitStreams(1);
        server.say(FakeServer.event(2));
        int fetches = server.fetches().size();
        server.awaitFetches(fetches + 3);
        server.serve(document(2, true));

        Eventually.until(rig::isKilled);
    }

    @Test
    void f32_many_events_are_one_request_or_two_at_a_time() throws IOException {
        server.stream(null);
        server.serve(document(1, false)).start();
        rig.timing(Timings.PUSHED).start(server.url());
        server.awaitStreams(1);
        int fetches = server.fetches().size();
        server.finish(answer -> answer.headersDelay(200, TimeUnit.MILLISECONDS));
        server.serve(document(100, true));
        for (int serial = 2; serial <= 100; serial++) {
            server.say(FakeServer.event(serial));
        }

        Eventually.until(rig::isKilled);
        assertThat(server.fetches().size() - fetches).isLessThanOrEqualTo(3);
    }

    @Test
    void f33_a_line_without_end_ends_the_stream_and_not_the_memory() throws IOException {
        server.nextStream(new MockResponse.Builder()
                .addHeader("Content-Type", "text/event-stream")
                .body("data: " + "x".repeat(50_000_000))
                .build());
        server.stream(null);
        begin(document(1, false));
        server.awaitStreams(1);

        assertThat(server.listens()).hasSize(2);
        assertThatAKillArrives(2);
    }

    @Test
    void f36_a_kill_stays_a_kill_over_a_restart_without_the_server() throws IOException {
        server.serve(document(3, true)).start();
        rig.cache(directory).start(server.url());
        rig.close();
        server.withdraw(503);
        try (var second = new Rig().cache(directory)) {
            second.start(server.url());
            second.until(ProviderState.STALE);
            assertThat(second.isKilled()).isTrue();

            server.serve(document(2, false));
            int fetches = server.fetches().size();
            server.awaitFetches(fetches + 5);
            assertThat(second.isKilled()).isTrue();

            server.serve(document(4, false));
            second.until(ProviderState.READY);
            assertThat(second.isOn()).isTrue();
        }
    }

    @Test
    void f36_a_cache_that_is_damaged_or_cannot_be_written_does_not_matter() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "no directory");
        server.serve(document(1, false)).start();
        rig.cache(file).start(server.url());

        assertThat(rig.isOn()).isTrue();
    }

    @Test
    void f37_is_shut_down_within_a_second_at_any_time() throws Exception {
        MockResponse stalled = new MockResponse.Builder()
                .onResponseStart(SocketEffect.Stall.INSTANCE)
                .build();
        server.stream(null).serve(document(1, false)).start();
        List<BooleanSupplier> moments = new ArrayList<>();
        moments.add(() -> true);
        moments.add(() -> server.fetches().size() > 0);
        moments.add(() -> server.streams() > 0);
        for (boolean stall : new boolean[] {false, true}) {
            for (BooleanSupplier moment : moments.subList(0, stall ? 2 : 3)) {
                if (stall) {
                    server.next(stalled);
                }
                shutDownAt(moment);
            }
        }
        server.withdraw(503);
        shutDownAt(() -> server.fetches().size() > 12);
    }

    private void shutDownAt(BooleanSupplier moment) throws InterruptedException {
        AgentFlagsProvider provider = rig.provider(server.url());
        var started = new Thread(() -> {
            try {
                provider.initialize(new ImmutableContext());
            } catch (GeneralError e) {
                // shut down while it starts
            }
        });
        started.start();
        Eventually.until(moment);
        long start = System.nanoTime();
        provider.shutdown();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
        started.join();
        Eventually.until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("rig-")));
    }

    @Test
    void f38_an_answer_is_always_of_one_document() throws Exception {
        server.stream(null);
        server.serve(pair(1)).start();
        rig.start(server.url());
        server.awaitStreams(1);
        var mixed = new AtomicBoolean();
        var done = new AtomicBoolean();
        var reader = new Thread(() -> {
            while (!done.get()) {
                var value = rig.client
                        .getObjectDetails("pair", new Value())
                        .getValue()
                        .asStructure();
                mixed.compareAndSet(
                        false,
                        !value.getValue("first")
                                .asInteger()
                                .equals(value.getValue("last").asInteger()));
            }
        });
        reader.start();
        for (int serial = 2; serial <= 200; serial++) {
            server.serve(pair(serial));
            server.say(FakeServer.event(serial));
        }
        Eventually.until(() -> rig.changes.stream()
                .anyMatch(change ->
                        Long.valueOf(200).equals(change.getEventMetadata().getLong("serial"))));
        done.set(true);
        reader.join();

        assertThat(mixed).isFalse();
    }

    private static String pair(int serial) {
        return """
                {"version": 1, "lineage": "l1", "serial": %1$d, "flags": {"pair": {"status": "on", "variants": {
                  "on": {"first": %1$d, "filler": "%2$s", "last": %1$d}, "off": {}}}}}
                """.formatted(serial, "x".repeat(serial * 97 % 5000));
    }

    @Test
    void f39_one_of_two_servers_that_is_wrong_makes_nothing_stale() throws IOException {
        begin(document(1, false));
        for (int i = 0; i < 20; i++) {
            int fetches = server.fetches().size();
            server.next(FakeServer.status(404));
            server.awaitFetches(fetches + 2);
        }

        assertThat(rig.states).doesNotContain(ProviderState.STALE);
        assertThat(rig.isOn()).isTrue();
    }

    @Test
    void changed_bytes_are_noticed_where_the_server_sends_a_digest() throws IOException {
        server.finish(answer -> answer.addHeader("Content-Digest", digest(answer)));
        server.serve(document(1, true)).start();
        try (var proxy = new FaultProxy(server.web.getPort())) {
            rig.start(proxy.url());
            proxy.change(bytes -> new String(bytes, StandardCharsets.ISO_8859_1)
                    .replace("\"kill_switch\": true", "\"kill_switch\":false")
                    .getBytes(StandardCharsets.ISO_8859_1));
            server.serve(document(2, true));
            rig.until(ProviderState.STALE);

            assertThat(rig.isKilled()).isTrue();
            assertThat(rig.reason()).contains("Content-Digest");
        }
    }

    private static String digest(MockResponse.Builder answer) {
        var body = new Buffer();
        try {
            Objects.requireNonNull(answer.getBody()).writeTo(body);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        byte[] bytes = body.readByteArray();
        answer.body(new Buffer().write(bytes));
        return "sha-256=:" + ByteString.of(bytes).sha256().base64() + ":";
    }

    @Test
    void every_flag_is_killed_where_that_is_wanted_and_nobody_confirms_it() throws IOException {
        server.serve(document(1, false)).start();
        rig.timing(Timings.FAST.with(Duration.ofMillis(40), Duration.ofMillis(400), Duration.ofMillis(600)))
                .start(server.url());
        server.withdraw(503);
        Eventually.until(rig::isKilled);
        assertThat(rig.client.getBooleanDetails("agent", true).getFlagMetadata().getString("kill_reason"))
                .contains("not confirmed for PT0.6S");
        rig.until(ProviderState.STALE);
        server.serve(document(1, false));

        Eventually.until(rig::isOn);
        rig.until(ProviderState.READY);
        Eventually.until(() -> rig.changes.size() == 2);
    }
}
