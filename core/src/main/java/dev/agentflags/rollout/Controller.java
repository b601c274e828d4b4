package dev.agentflags.rollout;

import dev.agentflags.admin.FlagAdmin;
import dev.agentflags.model.Definition;
import dev.agentflags.model.Flag;
import dev.agentflags.model.KillSwitch;
import dev.agentflags.model.Ruleset;
import dev.agentflags.outcome.Outcome;
import dev.agentflags.outcome.OutcomeBatch;
import dev.agentflags.snapshot.Snapshot;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Guards the flags of one document: takes outcomes, of one process or of many, looks at the evidence, and kills, rolls back and
 * advances.
 *
 * <p>It is told of every ruleset that comes into force and respects it, whoever changed it. What it knows it writes down before
 * it acts and every few seconds, so that a restart loses no evidence but the outcomes of units that were still open. A change
 * that cannot be made is tried again, less and less often; a kill is never given up. Used by one thread at a time.
 */
public final class Controller implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Controller.class);

    private static final Duration SAVE_EVERY = Duration.ofSeconds(10);
    private static final Duration OPEN_EVERY = Duration.ofSeconds(10);

    private final GuardStore store;
    private final Clock clock;
    private final Actions actions;
    private final Map<String, GuardedFlag> flags = new LinkedHashMap<>();

    /** Of the checkpoint, what was not needed yet. */
    private Map<String, JsonFields> written = Map.of();

    private History history = new History();
    private Batches batches = new Batches();
    private @Nullable Snapshot inForce;
    private boolean isOpen;
    private volatile boolean isBarred;
    private boolean isChanged;
    private @Nullable String storeProblem;
    private Instant nextOpen = Instant.MIN;
    private Instant nextSave = Instant.MIN;
    private long missed;

    /**
     * Makes a controller, which does nothing until it is told of a ruleset.
     *
     * @param admin changes the flags
     * @param store closed with the controller
     */
    public Controller(FlagAdmin admin, GuardStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
        this.actions = new Actions(admin);
    }

    /** A ruleset has come into force. */
    public void inForce(Snapshot snapshot) {
        Instant now = clock.instant();
        inForce = snapshot;
        if (isOpen || open(now)) {
            apply(snapshot, now);
        }
    }

    /** Reads what was written down, once that can be had. Until then nothing is guarded: somebody else may be at it. */
    private boolean open(Instant now) {
        if (now.isBefore(nextOpen)) {
            return false;
        }
        nextOpen = now.plus(OPEN_EVERY);
        try {
            String text = store.load();
            isOpen = true;
            isBarred = false;
            tell(null);
            if (text != null) {
                restore(text);
            }
            return true;
        } catch (IOException e) {
            isBarred = true;
            tell("does not guard yet: " + e.getMessage());
            return false;
        }
    }

    private void restore(String text) {
        try {
            JsonFields root = Checkpoint.open(text);
            History readHistory = History.of(root.object("history"));
            Batches readBatches = Batches.of(root.object("batches"));
            written = Checkpoint.flags(root);
            history = readHistory;
            batches = readBatches;
        } catch (IllegalArgumentException e) {
            LOG.warn("what the guard had written down cannot be read, so it begins afresh: {}", e.getMessage());
        }
    }

    private void apply(Snapshot snapshot, Instant now) {
        Ruleset ruleset = snapshot.ruleset();
        long number = history.note(snapshot);
        KillSwitch root = ruleset.killSwitch();
        boolean allKilled = root != null && root.engaged();
        flags.keySet().removeIf(key -> guarded(ruleset.flags().get(key)) == null);
        for (Definition definition : ruleset.flags().values()) {
            Flag flag = guarded(definition);
            if (flag != null) {
                boolean killed = allKilled || flag.killSwitch().engaged();
                GuardedFlag known = known(flag, now);
                if (known == null) {
                    flags.put(flag.key(), GuardedFlag.begin(flag, killed, number, now));
                } else {
                    known.inForce(flag, killed, number, now);
                    flags.put(flag.key(), known);
                }
            }
        }
        written = Map.of();
        isChanged = true;
    }

    private static @Nullable Flag guarded(@Nullable Definition definition) {
        return definition instanceof Flag flag && flag.guard() != null ? flag : null;
    }

    private @Nullable GuardedFlag known(Flag flag, Instant now) {
        GuardedFlag known = flags.get(flag.key());
        JsonFields kept = written.get(flag.key());
        if (known != null || kept == null) {
            return known;
        }
        try {
            return Checkpoint.restore(kept, flag, now);
        } catch (IllegalArgumentException e) {
            LOG.warn("{}: its evidence cannot be read, so it begins afresh: {}", flag.key(), e.getMessage());
            return null;
        }
    }

    /** Takes the outcomes of this process. */
    public void take(List<Outcome> outcomes) {
        Instant now = clock.instant();
        for (Outcome outcome : outcomes) {
            GuardedFlag flag = flags.get(outcome.flag());
            String version = outcome.version();
            History.Position decidedBy = version == null ? null : history.find(version);
            boolean isKnown = version == null || decidedBy != null;
            if (flag == null || !isKnown || !flag.take(outcome, decidedBy, now)) {
                missed++;
            }
        }
        isChanged |= !outcomes.isEmpty();
    }

    /**
     * Takes a batch of another process.
     *
     * @return whether it was a new one; one that came before changes nothing
     */
    public boolean take(OutcomeBatch batch) {
        if (!isOpen || !batches.isNew(batch)) {
            return false;
        }
        take(batch.outcomes());
        return true;
    }

    /** Looks at the evidence of all flags, and does what is to be done. To be called several times a second. */
    public void tick() {
        Instant now = clock.instant();
        if (!isOpen && inForce != null && open(now)) {
            apply(inForce, now);
        }
        for (GuardedFlag flag : flags.values()) {
            Intent intent = flag.tick(history.latest(), now);
            if (intent != null && actions.isDue(flag, now)) {
                save(now); // so that what it rests on is not lost, whatever happens
                if (actions.carryOut(flag, intent, now)) {
                    save(now);
                }
            }
        }
        if (isChanged && !now.isBefore(nextSave)) {
            save(now);
        }
    }

    private void save(Instant now) {
        nextSave = now.plus(SAVE_EVERY);
        if (!store.isLasting()) {
            isChanged = false;
            return;
        }
        try {
            store.save(Checkpoint.write(history, batches, List.copyOf(flags.values()), now));
            isChanged = false;
            tell(null);
        } catch (IOException e) {
            tell("cannot write down what it knows: " + e.getMessage());
        }
    }

    /** Says once what is wrong with the store, and nothing more until it is something else. */
    private void tell(@Nullable String problem) {
        if (problem != null && !problem.equals(storeProblem)) {
            LOG.warn("the guard {}", problem);
        }
        storeProblem = problem;
    }

    /** Returns how each rollout stands, now. */
    public List<GuardReport> reports() {
        Instant now = clock.instant();
        List<GuardReport> reports = new ArrayList<>();
        flags.values().forEach(flag -> reports.add(flag.report(now)));
        return reports;
    }

    /** Whether somebody else guards, or what was written down cannot be read, so that outcomes are of no use here. For any thread. */
    public boolean isBarred() {
        return isBarred;
    }

    /** Whether there is any flag to guard. */
    public boolean isGuarding() {
        return !flags.isEmpty();
    }

    /** Returns how many outcomes could not be counted: of a flag that is not guarded, or of an unknown ruleset. */
    public long missed() {
        return missed;
    }

    /** Writes down what is known, and lets others guard. */
    @Override
    public void close() {
        if (isOpen && isChanged) {
            save(clock.instant());
        }
        isOpen = false;
        store.close();
    }
}
