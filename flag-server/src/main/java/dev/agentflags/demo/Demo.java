package dev.agentflags.demo;

import dev.agentflags.admin.AdminException;
import dev.agentflags.admin.AuditEntry;
import dev.agentflags.admin.FlagAdmin;
import dev.agentflags.admin.Outcome;
import dev.agentflags.demo.Report.Turns;
import dev.agentflags.document.DocumentException;
import dev.agentflags.remote.RemoteFlags;
import dev.agentflags.server.FlagServer;
import dev.agentflags.server.FlagServerOptions;
import dev.agentflags.server.store.FileFlagStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The story: a prompt with a defect goes to 25 % of the users, and the guard kills it; a sound one goes to all of them, as fast as
 * evidence allows; then somebody kills that, too, and it stays killed although the server goes away.
 */
public final class Demo {

    private static final int AGENTS = 3;
    private static final Duration WATCH = Duration.ofSeconds(3);
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final Duration GUARD_PATIENCE = Duration.ofSeconds(30);
    private static final double MICROS_PER_MILLI = 1_000;
    private static final String GUARD = "guard";

    private final Timeline timeline;
    private final FlagServer server;
    private final Fleet agents;
    private final FlagAdmin admin;
    private int auditSeen;

    private Demo(Timeline timeline, FlagServer server, Fleet agents) {
        this.timeline = timeline;
        this.server = server;
        this.agents = agents;
        this.admin = RemoteFlags.builder(server.uri().toString()).admin("demo");
    }

    /**
     * Plays the story, which takes less than a minute, and leaves nothing behind, also where it is interrupted.
     *
     * @throws IOException if a process or the server does not start, or an agent does not see a change
     */
    public static void play(Timeline timeline) throws IOException, InterruptedException, AdminException {
        try (var leftovers = new Leftovers()) {
            Path flags = leftovers.directory().resolve("flags.json");
            Files.writeString(flags, Prompts.document());
            FlagServer server = leftovers.closeLater(FlagServer.start(
                    FlagServerOptions.builder(FileFlagStore.of(flags)).port(0).build()));
            timeline.act("server", "listens at " + server.uri() + ", its flags are in a file");
            timeline.note("agents", AGENTS + " start, each in a process of its own ...");
            Fleet agents = leftovers.closeLater(Fleet.start(AGENTS, server.uri()));
            new Demo(timeline, server, agents).play();
        }
    }

    private void play() throws IOException, InterruptedException, AdminException {
        timeline.act("agents", "work; 1 % of the users have a new prompt, with a defect that nobody knows of");
        watch();
        defect();
        mend();
        ship();
        killByHand();
        timeline.act("server", "stops");
        server.close();
        watch();
        timeline.note("", "The agents went on, and the kill with them. The end; nothing is left behind.");
    }

    /** Says how many have the new prompt, and what that does to them. */
    private void watch() throws InterruptedException {
        Turns before = agents.turns();
        Thread.sleep(WATCH.toMillis());
        Turns seen = agents.turns().since(before);
        timeline.share(
                (double) seen.treated() / Math.max(1, seen.turns()),
                String.format(Locale.ROOT, "of %,d turns with the new prompt", seen.turns()));
    }

    private void defect() throws IOException, InterruptedException, AdminException {
        timeline.act("release", "advances it to 25 %");
        Turns before = agents.turns();
        long start = Report.now();
        Outcome advanced = admin.advance(SimulatedAgent.FLAG, "nothing bad seen at 1 %");
        timeline.note(
                "agents",
                "have it after " + after(start, serial(advanced))
                        + ": spread over a second, so that many do not ask at once");
        AuditEntry kill = awaitGuard("kill");
        if (kill == null || kill.serial() == null) {
            timeline.note(GUARD, "has not seen it yet, which is rare: one agent was slow, or chance was kind");
            return;
        }
        timeline.act(GUARD, "kills it by itself");
        timeline.note("", kill.reason());
        List<Long> moments = agents.awaitSerial(kill.serial());
        long killed = kill.time().toEpochMilli() * 1_000;
        timeline.note("agents", "have it after " + after(killed, moments));
        Turns harmed = agents.turns().since(before);
        timeline.note(
                "",
                String.format(
                        Locale.ROOT,
                        "%,d turns had the new prompt, %,d of them failed; of the %,d others %,d did",
                        harmed.treated(),
                        harmed.treatedFailed(),
                        harmed.turns() - harmed.treated(),
                        harmed.failed() - harmed.treatedFailed()));
        watch();
    }

    private void mend() throws IOException, AdminException {
        timeline.act("release", "mends the prompt, and revives it at 1 %; from here on the guard decides");
        try {
            admin.put(SimulatedAgent.FLAG, Prompts.mended(), "does not ask for what is not there", version());
        } catch (DocumentException e) {
            throw new AssertionError("the demo's own flag", e);
        }
        admin.revive(SimulatedAgent.FLAG, "the prompt is mended");
    }

    private String version() throws AdminException {
        return admin.document().version();
    }

    /** Shows each stage that the guard enters, until it is on for everybody. */
    private void ship() throws InterruptedException, AdminException {
        long deadline = System.nanoTime() + GUARD_PATIENCE.toNanos();
        AuditEntry step = awaitGuard("advance");
        while (step != null && System.nanoTime() - deadline < 0) {
            timeline.act(GUARD, step.reason());
            if (isOnForAll()) {
                watch();
                return;
            }
            step = awaitGuard("advance");
        }
        timeline.note(GUARD, "is not sure yet, and goes no further before it is");
    }

    private boolean isOnForAll() {
        return server.published().text().contains("\"status\": \"on\"");
    }

    private void killByHand() throws IOException, InterruptedException, AdminException {
        timeline.act("on call", "kills it: \"legal wants to read it first\"");
        long start = Report.now();
        Outcome outcome = admin.kill(SimulatedAgent.FLAG, "legal wants to read it first");
        timeline.note("agents", "have it after " + after(start, serial(outcome)));
        watch();
    }

    /** Waits until the guard has done something of this kind, and returns what the audit trail says of it; null if it did not. */
    private @Nullable AuditEntry awaitGuard(String operation) throws InterruptedException, AdminException {
        long deadline = System.nanoTime() + GUARD_PATIENCE.toNanos();
        while (System.nanoTime() - deadline < 0) {
            List<AuditEntry> audit = admin.audit();
            while (auditSeen < audit.size()) {
                AuditEntry entry = audit.get(auditSeen++);
                if (entry.actor().equals(GUARD) && entry.operation().equals(operation)) {
                    return entry;
                }
            }
            Thread.sleep(LOOK.toMillis());
        }
        return null;
    }

    private static long serial(Outcome outcome) throws IOException {
        Long serial = outcome.serial();
        if (serial == null) {
            throw new IOException("the server's document has no serial");
        }
        return serial;
    }

    private String after(long start, long serial) throws IOException, InterruptedException {
        return after(start, agents.awaitSerial(serial));
    }

    private static String after(long start, List<Long> moments) {
        return moments.stream()
                        .sorted()
                        .map(moment -> String.format(Locale.ROOT, "%.1f", (moment - start) / MICROS_PER_MILLI))
                        .collect(Collectors.joining(", "))
                + " ms";
    }
}
