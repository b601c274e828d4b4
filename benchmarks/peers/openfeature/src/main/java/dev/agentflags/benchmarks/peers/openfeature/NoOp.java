package dev.agentflags.benchmarks.peers.openfeature;

import dev.agentflags.benchmarks.peers.Answers;
import dev.agentflags.benchmarks.peers.ClientAnswers;
import dev.agentflags.benchmarks.peers.Peer;
import dev.openfeature.sdk.NoOpProvider;
import java.nio.file.Path;

/** The SDK's provider that does nothing. */
public final class NoOp implements Peer {

    /** Makes the peer, for {@link java.util.ServiceLoader}. */
    public NoOp() {}

    @Override
    public String name() {
        return "noop";
    }

    @Override
    public Answers start(Path directory) {
        return new ClientAnswers(new NoOpProvider());
    }

    @Override
    public boolean decides() {
        return false;
    }
}
