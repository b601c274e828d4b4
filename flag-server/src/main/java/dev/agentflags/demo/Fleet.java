package dev.agentflags.demo;

import dev.agentflags.demo.Report.Turns;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The simulated agents, each in a process of its own. */
final class Fleet implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LOOK = Duration.ofMillis(5);

    private final List<AgentProcess> agents = new ArrayList<>();

    private Fleet() {}

    /**
     * Starts agents, and waits until each has begun to work.
     *
     * @throws IOException if one of them did not
     */
    static Fleet start(int size, URI server) throws IOException, InterruptedException {
        var fleet = new Fleet();
        try {
            for (int i = 1; i <= size; i++) {
                fleet.agents.add(AgentProcess.start(i, server));
            }
            for (AgentProcess agent : fleet.agents) {
                if (!agent.awaitReady(PATIENCE)) {
                    throw new IOException(agent.name() + " did not start within " + PATIENCE.toSeconds() + " seconds");
                }
            }
            return fleet;
        } catch (IOException | InterruptedException | RuntimeException e) {
            fleet.close();
            throw e;
        }
    }

    /** Returns what all of them have done so far. */
    Turns turns() {
        return agents.stream().map(AgentProcess::turns).reduce(Turns.NONE, Turns::plus);
    }

    /**
     * Waits until a document of this serial is in force everywhere.
     *
     * @return when it came into force in each, as {@link Report#now} has it
     * @throws IOException if it did not
     */
    List<Long> awaitSerial(long serial) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        List<Long> moments = new ArrayList<>();
        for (AgentProcess agent : agents) {
            Long moment = agent.inForceSince(serial);
            while (moment == null) {
                if (System.nanoTime() - deadline > 0) {
                    throw new IOException(agent.name() + " did not see serial " + serial);
                }
                Thread.sleep(LOOK.toMillis());
                moment = agent.inForceSince(serial);
            }
            moments.add(moment);
        }
        return moments;
    }

    @Override
    public void close() {
        agents.forEach(AgentProcess::close);
    }
}
