package dev.agentflags.benchmarks.peers.openfeature;

import dev.agentflags.benchmarks.peers.Answers;
import dev.agentflags.benchmarks.peers.ClientAnswers;
import dev.agentflags.benchmarks.peers.Peer;
import java.nio.file.Path;

/** The two decisions, and nothing else, written by hand: what they cost whoever makes them. */
public final class ByHand implements Peer {

    /** Makes the peer, for {@link java.util.ServiceLoader}. */
    public ByHand() {}

    @Override
    public String name() {
        return "by-hand";
    }

    @Override
    public Answers start(Path directory) {
        return new ClientAnswers(new HandWrittenProvider());
    }
}
