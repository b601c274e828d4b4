package dev.agentflags.server.incident;

import com.sun.net.httpserver.HttpServer;
import dev.agentflags.openfeature.AgentFlagsProvider;
import dev.agentflags.remote.RemoteFlags;
import dev.openfeature.sdk.ImmutableContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An agent for a test, in a process of its own: has a turn a hundred times a second, exports how many and how many ended in an
 * error, and says on standard output when a turn was the first with the control again. Its treatment begins to fail when it is told
 * so on standard input; it ends with that.
 */
final class AgentProcess {

    private static final int TURN_EVERY_MS = 10;

    private final AtomicLong turns = new AtomicLong();
    private final AtomicLong errors = new AtomicLong();
    private final AtomicBoolean failing = new AtomicBoolean();
    private boolean treated;

    private AgentProcess() {}

    @SuppressWarnings("FutureReturnValueIgnored") // it turns until the process ends
    public static void main(String[] arguments) throws IOException {
        var agent = new AgentProcess();
        HttpServer exporter = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        exporter.createContext("/metrics", exchange -> {
            byte[] body = agent.metrics().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        exporter.start();
        AgentFlagsProvider provider = RemoteFlags.provider(arguments[0]);
        provider.initialize(new ImmutableContext());
        System.out.println("exports at " + exporter.getAddress().getPort());
        var turning = Executors.newSingleThreadScheduledExecutor();
        turning.scheduleAtFixedRate(() -> agent.turn(provider), 0, TURN_EVERY_MS, TimeUnit.MILLISECONDS);
        System.in.read();
        agent.failing.set(true);
        System.in.read();
        System.exit(0);
    }

    private String metrics() {
        return """
                # TYPE agent_turns_total counter
                agent_turns_total{flag="support_agent"} %d
                # TYPE agent_turn_errors_total counter
                agent_turn_errors_total{flag="support_agent"} %d
                """.formatted(turns.get(), errors.get());
    }

    private void turn(AgentFlagsProvider provider) {
        boolean treatment = provider.getBooleanEvaluation("support_agent", false, new ImmutableContext("alice"))
                .getValue();
        turns.incrementAndGet();
        if (treatment && failing.get() && turns.get() % 2 == 0) {
            errors.incrementAndGet();
        }
        if (treated && !treatment) {
            System.out.println("control");
        }
        treated = treatment;
    }
}
