package dev.agentflags.remote;

import static dev.agentflags.remote.Rig.document;
import static org.assertj.core.api.Assertions.assertThat;

import dev.agentflags.openfeature.Eventually;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The invariant of {@code InvariantTest}, with real connections and threads, and as an application sees it. */
@Timeout(120)
class InvariantOverHttpTest {

    private static final int ROUNDS = 25;
    private static final int FAULTS = 12;

    private final SplittableRandom random = new SplittableRandom(4);
    private final FakeServer server = new FakeServer();

    @TempDir
    Path directory;

    private Rig rig = new Rig();
    private long serial = 1;

    @AfterEach
    void stop() {
        rig.close();
        server.close();
    }

    @Test
    void a_kill_stays_until_a_later_document_takes_it_back() throws Exception {
        server.stream(null).serve(document(serial, false)).start();
        rig = new Rig().cache(directory).start(server.url());
        for (int round = 0; round < ROUNDS; round++) {
            publish(true);
            Eventually.until(rig::isKilled);
            for (int fault = 0; fault < FAULTS; fault++) {
                fault();
                assertThat(rig.isKilled())
                        .as("round %d, fault %d", round, fault)
                        .isTrue();
            }
            publish(false);
            Eventually.until(rig::isOn);
        }
    }

    private void publish(boolean killed) {
        serial++;
        server.serve(document(serial, killed));
        server.say(FakeServer.event(serial));
    }

    private void fault() throws InterruptedException {
        String before = document(Math.max(1, serial - 1 - random.nextInt(3)), false);
        switch (random.nextInt(8)) {
            case 0 -> server.next(FakeServer.status(503));
            case 1 -> server.next(FakeServer.status(401));
            case 2 -> server.next(server.good(before, "\"" + serial + "\"").build());
            case 3 ->
                server.next(server.good("{\"agent\": 1", "\"" + serial + "\"").build());
            case 4 ->
                server.next(server.good(before, "\"x\"")
                        .onResponseBody(new SocketEffect.CloseSocket())
                        .build());
            case 5 -> server.endStreams();
            case 6 ->
                server.next(new MockResponse.Builder()
                        .onResponseStart(new SocketEffect.CloseSocket())
                        .build());
            default -> restart();
        }
        if (random.nextBoolean()) {
            server.say("data: {\"type\":\"refetchEvaluation\"}\n\n");
        }
        TimeUnit.MILLISECONDS.sleep(random.nextInt(60)); // so that the fault may be met, or the next one come first
    }

    /** With the server down, so that there is only what the disk has kept. */
    private void restart() {
        rig.close();
        server.withdraw(503);
        rig = new Rig().cache(directory).start(server.url());
        assertThat(rig.isKilled()).isTrue();
        server.serve(document(serial, true));
    }
}
