package dev.agentflags.benchmarks.peers.agentflags;

import dev.agentflags.benchmarks.peers.Answers;
import dev.agentflags.benchmarks.peers.ClientAnswers;
import dev.agentflags.benchmarks.peers.FilePeer;
import dev.agentflags.benchmarks.peers.Flags;
import dev.agentflags.file.FileFlags;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Agent Flags over a file. */
public final class AgentFlagsFile implements FilePeer {

    /** Makes the peer, for {@link java.util.ServiceLoader}. */
    public AgentFlagsFile() {}

    @Override
    public String name() {
        return "agentflags-file";
    }

    @Override
    public Answers start(Path directory) throws IOException {
        return new ClientAnswers(
                FileFlags.provider(Files.writeString(directory.resolve("flags.json"), Documents.measured())));
    }

    @Override
    public String document(int flags, boolean changing) {
        String many = Flags.many(flags, i -> """
                "flag-%d": { "status": "percentage", "percentage": 25, "targeted_users": ["qa-1", "qa-2", "user-%d"] }""".formatted(i, i));
        return """
                { "%s": { "status": "%s" },
                %s }""".formatted(Flags.CHANGING, changing ? "on" : "off", many);
    }

    @Override
    public Following follow(Path file) {
        return new ClientAnswers(FileFlags.provider(file));
    }
}
