package dev.agentflags.benchmarks.peers.agentflags.remote;

import com.sun.net.httpserver.HttpServer;
import dev.agentflags.benchmarks.peers.Answers;
import dev.agentflags.benchmarks.peers.ClientAnswers;
import dev.agentflags.benchmarks.peers.Flags;
import dev.agentflags.benchmarks.peers.Peer;
import dev.agentflags.remote.RemoteFlags;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Agent Flags over a static document behind HTTP, which it polls. */
public final class AgentFlagsRemote implements Peer {

    private static final int OK = 200;

    /** Makes the peer, for {@link java.util.ServiceLoader}. */
    public AgentFlagsRemote() {}

    @Override
    public String name() {
        return "agentflags-remote";
    }

    @Override
    public Answers start(Path directory) throws IOException {
        byte[] document =
                """
                { "%s": { "status": "percentage", "percentage": 25 },
                  "%s": { "status": "targeted", "targeted_users": [%s] } }""".formatted(Flags.ROLLOUT, Flags.LISTED, Flags.listedAsJson()).getBytes(StandardCharsets.UTF_8);
        HttpServer host = host(document);
        String url = "http://127.0.0.1:" + host.getAddress().getPort() + "/flags.json";
        return new Hosted(new ClientAnswers(RemoteFlags.provider(url)), host);
    }

    private static HttpServer host(byte[] document) throws IOException {
        HttpServer host = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        host.createContext("/flags.json", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(OK, document.length);
            exchange.getResponseBody().write(document);
            exchange.close();
        });
        host.start();
        return host;
    }

    private record Hosted(Answers answers, HttpServer host) implements Answers {

        @Override
        public boolean rollout(int user) {
            return answers.rollout(user);
        }

        @Override
        public boolean listed(int user) {
            return answers.listed(user);
        }

        @Override
        public void close() throws IOException {
            answers.close();
            host.stop(0);
        }
    }
}
