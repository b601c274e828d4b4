package dev.agentflags.rollout;

import dev.agentflags.admin.AdminException;
import dev.agentflags.admin.AuditEntry;
import dev.agentflags.admin.FlagAdmin;
import dev.agentflags.admin.MemoryStore;
import dev.agentflags.admin.StoreAdmin;
import dev.agentflags.evaluation.Reason;
import dev.agentflags.evaluation.Resolution.Served;
import dev.agentflags.evaluation.Subject;
import dev.agentflags.guard.Arm;
import dev.agentflags.model.Flag;
import dev.agentflags.model.GuardMetric.Name;
import dev.agentflags.outcome.Arms;
import dev.agentflags.outcome.Outcome;
import dev.agentflags.outcome.Units;
import dev.agentflags.snapshot.RefusedException;
import dev.agentflags.snapshot.RulesetInForce;
import dev.agentflags.snapshot.Snapshot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * A document with the guarded flag "f", users who are served by it, and a controller that watches them: all of it real but for
 * clock and disk.
 */
final class Guarded {

    static final String KEY = "f";

    final SettableClock clock = new SettableClock();
    final TextStore checkpoint = new TextStore();
    final MemoryStore document;
    final FlagAdmin person;
    private final RulesetInForce provider = new RulesetInForce();
    private final SplittableRandom random;
    private String version = "";
    Controller controller;
    private int users;

    /** What the flag was when a turn began. */
    private @Nullable Snapshot snapshot;

    private Guarded(String json, long seed) {
        document = new MemoryStore(json);
        person = new StoreAdmin(document, "alice", clock);
        controller = controller();
        random = new SplittableRandom(seed);
        sync();
    }

    /** Returns a flag at a percentage, with more fields of its own. */
    static Guarded flag(double percentage, String fields) {
        return flag(percentage, fields, 1);
    }

    static Guarded flag(double percentage, String fields, long seed) {
        return new Guarded("""
                {'version': 1, 'lineage': 'l', 'serial': 1, 'flags': {'f': {
                  'status': 'percentage', 'percentage': %s, 'variants': {'on': 'new', 'off': 'old'},
                  'rollout': {'min_duration': 'PT10S', 'min_units': 30}%s}}}""".formatted(percentage, fields.isEmpty() ? "" : ", " + fields), seed);
    }

    private Controller controller() {
        return new Controller(new StoreAdmin(document, "guard", clock), checkpoint, clock);
    }

    /** The process dies, and starts again. */
    void restart() {
        controller = controller();
        version = "";
        sync();
    }

    /** Lets what is in the store come into force, if it is not yet. */
    void sync() {
        try {
            var stored = document.load();
            if (!stored.version().equals(version)) {
                version = stored.version();
                snapshot = provider.accept(stored.text().getBytes(StandardCharsets.UTF_8))
                        .after();
                controller.inForce(snapshot);
            }
        } catch (IOException | RefusedException e) {
            throw new AssertionError(e);
        }
    }

    Snapshot snapshot() {
        return Objects.requireNonNull(snapshot);
    }

    /** Changes the text of the document, and lets it come into force. */
    void edit(String from, String to) {
        document.edit(from, to);
        document.edit("'serial':", "'x-edited': 0, 'serial':");
        sync();
    }

    /** Returns the outcome of one turn, or null where no bucket decides. */
    @Nullable
    Outcome turn(String user, ToDoubleFunction<Arm> value, Name metric) {
        if (!(snapshot().evaluator().resolve(KEY, new User(user)) instanceof Served served)
                || served.reason() != Reason.SPLIT
                || !(snapshot().ruleset().flags().get(KEY) instanceof Flag flag)) {
            return null;
        }
        Arm arm = Objects.requireNonNull(Arms.of(flag.variants(), served.variant()));
        boolean alone = "event".equals(Objects.requireNonNull(flag.guard()).unit());
        return new Outcome(
                KEY,
                arm,
                alone ? null : Units.hash(KEY, user),
                snapshot().version(),
                Map.of(metric, value.applyAsDouble(arm)));
    }

    private record User(String user) implements Subject {

        @Override
        public @Nullable String plan() {
            return null;
        }

        @Override
        public @Nullable Object attribute(String name) {
            return null;
        }
    }

    void report(@Nullable Outcome outcome) {
        if (outcome != null) {
            controller.take(List.of(outcome));
        }
    }

    /** Serves turns of new users, a thousand a second, each of which fails with the rate of its arm. */
    void serve(int turns, double control, double treatment) {
        serve(turns, Name.ERROR, arm -> draw(arm == Arm.TREATMENT ? treatment : control));
    }

    double draw(double rate) {
        return random.nextDouble() < rate ? 1 : 0;
    }

    SplittableRandom random() {
        return random;
    }

    void serve(int turns, Name metric, ToDoubleFunction<Arm> value) {
        for (int i = 0; i < turns; i++) {
            report(turn("user-" + users++, value, metric));
            if (i % 100 == 99) {
                pass(Duration.ofMillis(100));
            }
        }
    }

    /** Lets time pass, and the controller look once. */
    void pass(Duration time) {
        clock.advance(time);
        controller.tick();
        sync();
    }

    /** Lets so much time pass that whatever is open is counted. */
    void settle() {
        pass(Duration.ofMinutes(16));
        pass(Duration.ofSeconds(2));
    }

    GuardReport report() {
        return controller.reports().get(0);
    }

    double percentage() {
        return report().percentage();
    }

    boolean isKilled() {
        return Objects.requireNonNull(snapshot().ruleset().flags().get(KEY))
                .killSwitch()
                .engaged();
    }

    List<AuditEntry> audit() {
        try {
            return person.audit();
        } catch (AdminException e) {
            throw new AssertionError(e);
        }
    }
}
