package dev.agentflags.remote.follow;

import dev.agentflags.remote.FakeServer;
import dev.agentflags.remote.Timings;
import dev.agentflags.remote.http.Address;
import dev.agentflags.remote.http.HttpOptions;
import dev.agentflags.remote.http.HttpOrigin;
import dev.agentflags.source.FlagSource;
import dev.agentflags.source.FlagSourceContract;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;

/** A source that polls, since the server has no stream. */
class RemoteSourceTest extends FlagSourceContract {

    final FakeServer server = new FakeServer();

    @Override
    protected FlagSource newSource() throws IOException {
        server.start();
        Address address = Address.of(server.url());
        var options = new HttpOptions(address, null, false, false, false, null, null);
        Timing timing = Timings.FAST;
        return new RemoteSource(
                "test", address.toString(), new HttpOrigin(options, true, timing.silence()), timing, null);
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    @Override
    protected void publish(String document) {
        server.serve(document);
    }

    @Override
    protected void withdraw() {
        server.withdraw(404);
    }

    @Override
    protected boolean isShared(Thread thread) {
        return thread.getName().startsWith("OkHttp")
                || thread.getName().startsWith("Okio")
                || thread.getName().startsWith("MockWebServer");
    }
}
