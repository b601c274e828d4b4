package dev.agentflags.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentflags.openfeature.Eventually;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamTest {

    @TempDir
    Path directory;

    TestServer server;

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void tells_what_is_served_at_once() {
        server = TestServer.start(directory, TestServer.FLAGS);
        var stream = server.stream();

        assertThat(stream.response().statusCode()).isEqualTo(200);
        assertThat(stream.response().headers().map())
                .containsEntry("content-type", List.of("text/event-stream"))
                .containsEntry("cache-control", List.of("no-store"))
                .containsEntry("x-accel-buffering", List.of("no"));
        assertThat(stream.lines()).startsWith("retry: 1000", "id: 7");
        assertThat(stream.events())
                .singleElement()
                .asString()
                .matches(Pattern.compile(
                        "data: \\{\"type\":\"refetchEvaluation\",\"etag\":\"\\\\\"7-[0-9a-f]{8}\\\\\"\",\"lastModified\":\\d{10},"
                                + "\"serial\":7,\"lineage\":\"l\",\"maxDelayMs\":1000}"));
    }

    @Test
    void tells_of_every_change_once_and_of_kills_urgently() {
        server = TestServer.start(directory, TestServer.FLAGS);
        var stream = server.stream();
        server.activate("a");
        server.activate("a");
        server.change("POST", "/admin/v1/rollouts/b/roll-back", "{\"reason\": \"r\"}");
        server.deactivate("a");
        server.activate("*");
        stream.awaitEvents(5);

        assertThat(stream.events())
                .extracting(event -> event.replaceAll(".*\"serial\":(\\d+),.*\"maxDelayMs\":(\\d+)}", "$1 $2"))
                .containsExactly("7 1000", "8 0", "9 1000", "10 1000", "11 0");
    }

    @Test
    void tells_of_an_edit_by_hand_which_may_be_a_kill() throws IOException {
        server = TestServer.start(directory, TestServer.FLAGS);
        var stream = server.stream();
        Files.writeString(
                directory.resolve("flags.json"),
                TestServer.FLAGS.replace("\"status\": \"on\"", "\"status\": \"on\", \"kill_switch\": true"));
        stream.awaitEvents(2);

        assertThat(stream.events().get(1)).contains("\"serial\":7", "\"maxDelayMs\":0");
    }

    @Test
    void beats_while_the_store_is_alive() throws IOException {
        server = TestServer.start(
                TestServer.file(directory, TestServer.FLAGS), options -> options.heartbeat(Duration.ofMillis(20)));
        var stream = server.stream();
        stream.await(lines -> lines.contains(": hb"));

        Path away = Files.move(directory.resolve("flags.json"), directory.resolve("away.json"));
        Eventually.until(() -> server.get("/healthz").body().contains("degraded"));
        int beats = beats(stream);
        var second = server.stream(); // which was added after those beats
        assertThat(beats(second)).isZero();
        assertThat(second.events()).as("what is served still is").hasSize(1);

        Files.move(away, directory.resolve("flags.json"));
        second.await(lines -> lines.contains(": hb"));
        assertThat(beats(stream)).isGreaterThan(beats);
        assertThat(server.get("/healthz").body()).contains("ok");
    }

    private static int beats(TestServer.Stream stream) {
        return (int) stream.lines().stream().filter(": hb"::equals).count();
    }

    @Test
    @DisplayName("17 refuses one stream too many, for some random seconds, and leaves the others alone")
    void refuses_one_too_many() {
        server = TestServer.start(TestServer.file(directory, TestServer.FLAGS), options -> options.maxStreams(3, 3));
        List<TestServer.Stream> streams = List.of(server.stream(), server.stream(), server.stream());
        HttpResponse<String> refused = server.get("/ofrep/v1/sse");

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(Integer.parseInt(refused.headers().firstValue("Retry-After").orElse("0")))
                .isBetween(5, 30);
        server.activate("a");
        streams.forEach(stream -> stream.awaitEvents(2));
    }

    @Test
    void has_room_again_when_one_has_gone() throws IOException {
        server = TestServer.start(TestServer.file(directory, TestServer.FLAGS), options -> options.maxStreams(1, 1));
        server.stream().close();
        Eventually.until(() -> server.server().streams() == 0);

        assertThat(server.stream().events()).hasSize(1);
    }

    @Test
    @DisplayName("18 S8 cuts off who does not read, and keeps nobody else waiting for 50 ms")
    void cuts_off_who_does_not_read() throws IOException {
        String flags =
                TestServer.FLAGS.replace("\"l\"", "\"" + "l".repeat(8_000) + "\""); // so that buffers are full soon
        var store = new MemoryFlagStore(flags);
        server = TestServer.start(store, options -> {});
        List<Socket> stalled = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            var socket = new Socket();
            socket.setReceiveBufferSize(1024);
            socket.connect(new InetSocketAddress(
                    server.server().uri().getHost(), server.server().uri().getPort()));
            socket.getOutputStream()
                    .write("GET /ofrep/v1/sse HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            stalled.add(socket);
        }
        var healthy = server.stream();
        Eventually.until(() -> server.server().streams() == 3);

        List<Long> nanos = new ArrayList<>();
        for (int serial = 8; server.server().streams() > 1; serial++) {
            assertThat(serial).as("events until both are cut off").isLessThan(20_000);
            int told = serial - 6;
            long before = System.nanoTime();
            store.put(flags.replace("\"serial\": 7", "\"serial\": " + serial));
            healthy.awaitEvents(told);
            nanos.add(System.nanoTime() - before);
        }

        assertThat(healthy.hasEnded()).isFalse();
        List<Long> warm =
                nanos.subList(nanos.size() / 2, nanos.size()).stream().sorted().toList();
        assertThat(Duration.ofNanos(warm.get(warm.size() * 95 / 100)))
                .as("95th percentile, of the half in which they stall")
                .isLessThan(Duration.ofMillis(50));
        assertThat(Duration.ofNanos(warm.get(warm.size() - 1))).isLessThan(Duration.ofSeconds(1));
        assertThat(server.get("/metrics").body()).contains("agentflags_streams_cut_off_total{reason=\"slow\"} 2.0");
        for (Socket socket : stalled) {
            socket.close();
        }
    }

    @Test
    void ends_when_the_server_stops() {
        server = TestServer.start(directory, TestServer.FLAGS);
        var stream = server.stream();
        server.close();

        Eventually.until(stream::hasEnded);
    }
}
