package dev.agentflags.demo;

import dev.agentflags.agent.AgentFlags;
import dev.agentflags.agent.AgentRun;
import dev.agentflags.agent.config.AgentConfig;
import dev.agentflags.agent.context.AgentContext;
import dev.agentflags.demo.Model.InventedException;
import dev.agentflags.demo.Report.Turns;
import dev.agentflags.remote.RemoteFlags;
import dev.openfeature.sdk.EventDetails;
import dev.openfeature.sdk.OpenFeatureAPI;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/**
 * The process of one simulated agent: answers simulated users, turn after turn, and says on standard output what it sees. It ends
 * when its standard input does, which is when the process that started it has.
 */
public final class SimulatedAgent {

    /** The flag that has the new prompt. */
    static final String FLAG = "support_prompt";

    /** What the agent runs with where the flag does not say otherwise. */
    static final AgentConfig BASE =
            AgentConfig.of("big-1", "You are a helpful assistant.").tools("search", "refund");

    private static final int USERS = 1_000_000;
    private static final long PAUSE_MILLIS = 5;
    private static final int TURNS_PER_REPORT = 10;

    private final PrintStream out;
    private final Random random;
    private final Model model;
    private Turns done = Turns.NONE;

    private SimulatedAgent(PrintStream out, Random random) {
        this.out = out;
        this.random = random;
        this.model = new Model(random);
    }

    /**
     * Works until standard input ends.
     *
     * @param args the server's URL, and a number that no other agent has
     */
    public static void main(String[] args) throws InterruptedException {
        endWithInput();
        var random = new Random(Long.parseLong(args[1]));
        new SimulatedAgent(new PrintStream(System.out, true, StandardCharsets.UTF_8), random).work(URI.create(args[0]));
    }

    private static void endWithInput() {
        var thread = new Thread(
                () -> {
                    try {
                        System.in.readAllBytes();
                    } catch (IOException e) {
                        // as good as its end
                    }
                    Runtime.getRuntime().halt(0);
                },
                "input");
        thread.setDaemon(true);
        thread.start();
    }

    private void work(URI server) throws InterruptedException {
        OpenFeatureAPI api = OpenFeatureAPI.getInstance();
        api.onProviderConfigurationChanged(this::changed);
        api.setProviderAndWait(RemoteFlags.provider(server.toString()));
        AgentFlags flags = AgentFlags.builder(api.getClient(), "support", BASE)
                .systemPromptFrom(FLAG)
                .build();
        out.println(new Report.Ready().line());
        while (true) {
            turn(flags);
            if (done.turns() % TURNS_PER_REPORT == 0) {
                out.println(done.line());
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    private void changed(EventDetails event) {
        Long serial = event.getEventMetadata().getLong("serial");
        if (serial != null) {
            out.println(new Report.Changed(serial, Report.now()).line());
        }
    }

    private void turn(AgentFlags flags) {
        long start = Report.now();
        AgentRun run = flags.start(AgentContext.user("user-" + random.nextInt(USERS)));
        boolean treated = !run.config().systemPrompt().equals(BASE.systemPrompt());
        boolean failed = false;
        try (run) {
            model.answer(run.config().systemPrompt());
            run.success();
        } catch (InventedException e) {
            run.error(e);
            failed = true;
        }
        done = done.plus(new Turns(1, treated ? 1 : 0, failed ? 1 : 0, treated && failed ? 1 : 0, treated ? start : 0));
    }
}
