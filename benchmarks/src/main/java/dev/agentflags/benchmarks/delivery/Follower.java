package dev.agentflags.benchmarks.delivery;

import dev.agentflags.admin.AdminException;
import dev.agentflags.openfeature.AgentFlagsProvider;
import dev.agentflags.remote.RemoteFlags;
import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.FlagEvaluationDetails;
import dev.openfeature.sdk.OpenFeatureAPI;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/** An application that follows a server, and asks for a flag again and again. */
final class Follower implements AutoCloseable {

    private static final long PAUSE = 100_000;
    private static final long PATIENCE = Duration.ofSeconds(30).toNanos();

    private final Client client;
    private final ExecutorService caller = Executors.newSingleThreadExecutor(task -> {
        var thread = new Thread(task, "caller");
        thread.setDaemon(true);
        return thread;
    });

    Follower(URI server) {
        AgentFlagsProvider provider = RemoteFlags.provider(server.toString());
        OpenFeatureAPI.getInstance().setProviderAndWait("follower", provider);
        this.client = OpenFeatureAPI.getInstance().getClient("follower");
    }

    /** Kills a flag. */
    interface Kill {
        void run() throws AdminException;
    }

    /** Returns how many nanoseconds passed from the call until an evaluation was killed. */
    double timeUntilKilled(String flag, Kill kill) throws InterruptedException {
        long start = System.nanoTime();
        Future<?> call = caller.submit(() -> {
            kill.run();
            return null;
        });
        long end = awaitKilled(flag);
        try {
            call.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
        return end - start;
    }

    private long awaitKilled(String flag) {
        long deadline = System.nanoTime() + PATIENCE;
        while (!isKilled(flag)) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException(flag + " was not killed");
            }
            LockSupport.parkNanos(PAUSE);
        }
        return System.nanoTime();
    }

    private boolean isKilled(String flag) {
        FlagEvaluationDetails<Boolean> details = client.getBooleanDetails(flag, false);
        return "KILLED".equals(details.getReason());
    }

    @Override
    public void close() {
        caller.shutdownNow();
        OpenFeatureAPI.getInstance().shutdown();
    }
}
