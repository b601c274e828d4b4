package dev.agentflags.remote.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentflags.guard.Arm;
import dev.agentflags.model.GuardMetric.Name;
import dev.agentflags.openfeature.Eventually;
import dev.agentflags.outcome.Outcome;
import dev.agentflags.remote.http.Address;
import dev.agentflags.remote.http.HttpOptions;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.Test;

class HttpDeliveryTest {

    private static final Outcome OUTCOME = new Outcome("a", Arm.TREATMENT, 1L, "7", Map.of(Name.ERROR, 1.0));

    @Test
    void is_given_up_when_its_sender_is_closed_while_the_server_does_not_answer() throws IOException {
        try (var server = new MockWebServer()) {
            server.enqueue(new MockResponse.Builder()
                    .onResponseStart(SocketEffect.Stall.INSTANCE)
                    .build());
            server.start();
            var address = Address.of(server.url("/v1/document").toString());
            var sender = OutcomeSender.of(
                    "hung", new HttpDelivery(new HttpOptions(address, null, true, false, false, null, null)));
            sender.start();
            sender.report(() -> List.of(OUTCOME));
            Eventually.until(() -> server.getRequestCount() == 1);
            sender.close();

            assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .doesNotContain("hung-outcomes");
        }
    }
}
