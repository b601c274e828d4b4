package dev.agentflags.demo;

import dev.agentflags.admin.AdminException;
import dev.agentflags.admin.FlagAdmin;
import dev.agentflags.admin.Outcome;
import dev.agentflags.demo.Report.Turns;
import dev.agentflags.document.JsonText;
import dev.agentflags.model.FlagValue;
import dev.agentflags.remote.RemoteFlags;
import dev.agentflags.server.FlagServer;
import dev.agentflags.server.FlagServerOptions;
import dev.agentflags.server.store.FileFlagStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The story: a new prompt goes to 1 % and to 25 % of the users, is killed, and stays so although the server goes away. */
public final class Demo {

    private static final int AGENTS = 3;
    private static final long WATCH_MILLIS = 4_000;
    private static final double MICROS_PER_MILLI = 1_000;

    private final Timeline timeline;
    private final Leftovers leftovers;

    private Demo(Timeline timeline, Leftovers leftovers) {
        this.timeline = timeline;
        this.leftovers = leftovers;
    }

    /**
     * Plays the story, which takes about half a minute, and leaves nothing behind, also where it is interrupted.
     *
     * @throws IOException if a process or the server does not start, or an agent does not see a change
     */
    public static void play(Timeline timeline) throws IOException, InterruptedException, AdminException {
        try (var leftovers = new Leftovers()) {
            new Demo(timeline, leftovers).play();
        }
    }

    private void play() throws IOException, InterruptedException, AdminException {
        FlagServer server = startServer();
        Fleet agents = startAgents(server);
        FlagAdmin admin = RemoteFlags.builder(server.uri().toString()).admin("demo");
        watch(agents);
        advance(admin, agents);
        watch(agents);
        kill(admin, agents);
        watch(agents);
        timeline.act("server", "stops");
        server.close();
        watch(agents);
        timeline.note("", "The agents went on, and the kill with them. The end; nothing is left behind.");
    }

    private FlagServer startServer() throws IOException {
        Path directory = leftovers.directory();
        Path flags = directory.resolve("flags.json");
        Files.writeString(flags, document());
        FlagServer server = leftovers.closeLater(FlagServer.start(
                FlagServerOptions.builder(FileFlagStore.of(flags)).port(0).build()));
        timeline.act("server", "listens at " + server.uri() + ", its flags are in a file");
        return server;
    }

    private static String document() {
        return """
                {
                  "version": 1,
                  "flags": {
                    "%s": {
                      "status": "percentage",
                      "percentage": 1,
                      "variants": { "on": %s, "off": %s },
                      "rollout": { "stages": [1, 25, 100] }
                    }
                  }
                }
                """.formatted(SimulatedAgent.FLAG, json(Model.DEFECTIVE), json(SimulatedAgent.BASE.systemPrompt()));
    }

    private static String json(String text) {
        return JsonText.write(new FlagValue.Text(text));
    }

    private Fleet startAgents(FlagServer server) throws IOException, InterruptedException {
        timeline.note("agents", AGENTS + " start, each in a process of its own ...");
        Fleet agents = leftovers.closeLater(Fleet.start(AGENTS, server.uri()));
        timeline.act("agents", "work; 1 % of the users have the new prompt");
        return agents;
    }

    private void watch(Fleet agents) throws InterruptedException {
        Turns before = agents.turns();
        Thread.sleep(WATCH_MILLIS);
        Turns seen = agents.turns().since(before);
        timeline.share(
                (double) seen.treated() / seen.turns(),
                String.format(Locale.ROOT, "of %,d turns with the new prompt", seen.turns()));
    }

    private void advance(FlagAdmin admin, Fleet agents) throws IOException, InterruptedException, AdminException {
        timeline.act("release", "advances it to 25 %");
        long start = Report.now();
        Outcome outcome = admin.advance(SimulatedAgent.FLAG, "nothing bad seen at 1 %");
        List<Long> moments = agents.awaitSerial(serial(outcome));
        timeline.note(
                "agents",
                "have it after " + after(start, moments) + ": spread over a second, so that many do not ask at once");
    }

    private void kill(FlagAdmin admin, Fleet agents) throws IOException, InterruptedException, AdminException {
        timeline.act("on call", "kills it: \"invents order numbers\"");
        long start = Report.now();
        Outcome outcome = admin.kill(SimulatedAgent.FLAG, "invents order numbers");
        List<Long> moments = agents.awaitSerial(serial(outcome));
        timeline.note("agents", "have it after " + after(start, moments));
    }

    private static long serial(Outcome outcome) throws IOException {
        Long serial = outcome.serial();
        if (serial == null) {
            throw new IOException("the server's document has no serial");
        }
        return serial;
    }

    private static String after(long start, List<Long> moments) {
        return moments.stream()
                        .sorted()
                        .map(moment -> String.format(Locale.ROOT, "%.1f", (moment - start) / MICROS_PER_MILLI))
                        .collect(Collectors.joining(", "))
                + " ms";
    }
}
