package dev.agentflags.remote.follow;

import dev.agentflags.source.FlagSource;
import java.io.IOException;

/** A source that is told of changes. */
class RemoteSourceWithStreamTest extends RemoteSourceTest {

    @Override
    protected FlagSource newSource() throws IOException {
        server.stream(null);
        return super.newSource();
    }

    @Override
    protected void publish(String document) {
        super.publish(document);
        server.say("data: {\"type\":\"refetchEvaluation\"}\n\n");
    }
}
