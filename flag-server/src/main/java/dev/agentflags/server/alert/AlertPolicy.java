package dev.agentflags.server.alert;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What follows from alerts. Remembers a bounded number of those that were dealt with: an alert that is repeated as long as it lasts
 * is dealt with once, so that a flag that somebody has revived meanwhile stays revived. Not safe for use by many threads.
 */
public final class AlertPolicy {

    private static final int MAX_REMEMBERED = 10_000;
    private static final Duration HOUR = Duration.ofHours(1);

    private final LongSupplier nanoTime;
    private final Map<String, Long> seen = bounded();
    private final Map<String, Long> requests = bounded();
    private final Map<String, Map<String, Long>> switches = new HashMap<>();

    /**
     * Makes one that has seen nothing.
     *
     * @param nanoTime {@link System#nanoTime}
     */
    public AlertPolicy(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    private static Map<String, Long> bounded() {
        return new LinkedHashMap<>() {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
                return size() > MAX_REMEMBERED;
            }
        };
    }

    /** Whether a request that can be told apart from others was taken before. */
    public boolean isReplay(Receiver receiver, Authenticity authenticity) {
        String once = authenticity.once();
        return once != null && requests.containsKey(receiver.name() + "/" + once);
    }

    /** Remembers that a request was taken: everything that it asked for is done and durable, or will never be done. */
    public void taken(Receiver receiver, Authenticity authenticity) {
        String once = authenticity.once();
        if (once != null) {
            requests.put(receiver.name() + "/" + once, nanoTime.getAsLong());
        }
    }

    /**
     * Decides.
     *
     * @param known the keys of all flags
     * @return a decision for each alert, in order
     */
    public List<Decision> decide(Receiver receiver, Payload payload, Set<String> known) {
        List<Decision> decisions = new ArrayList<>();
        Set<String> decided = new HashSet<>();
        for (Alert alert : payload.alerts()) {
            Verdict verdict = verdict(receiver, alert, known);
            if (verdict == Verdict.ACT && !decided.add(String.valueOf(alert.key()))) {
                verdict = Verdict.REPEATED; // several alerts of one request for one flag: once is enough
            }
            decisions.add(new Decision(receiver, verdict, alert.key(), alert.reason(), alert.identity()));
        }
        return decisions;
    }

    private Verdict verdict(Receiver receiver, Alert alert, Set<String> known) {
        String key = alert.key();
        Verdict verdict = allowed(receiver, key, alert.state(), known);
        if (seen.containsKey(memory(receiver, verdict, key, alert.identity()))) {
            return verdict == Verdict.FORBIDDEN || verdict == Verdict.UNKNOWN ? verdict : Verdict.REPEATED;
        }
        return verdict == Verdict.ACT && key != null && !hasRoom(receiver, key) ? Verdict.LIMITED : verdict;
    }

    private static Verdict allowed(Receiver receiver, @Nullable String key, Alert.State state, Set<String> known) {
        if (key == null) {
            return Verdict.UNKNOWN;
        }
        if (!receiver.flags().contains(key)) {
            return Verdict.FORBIDDEN;
        }
        if (!key.equals(Receiver.ALL) && !known.contains(key)) {
            return Verdict.UNKNOWN;
        }
        return switch (state) {
            case RESOLVED -> Verdict.CLEAR;
            case NO_DATA -> Verdict.NO_DATA;
            case FIRING -> receiver.mode() == Receiver.Mode.OBSERVE ? Verdict.OBSERVE : Verdict.ACT;
        };
    }

    /** The switch of all is exempt: whoever may move it has no need to be held up. */
    private boolean hasRoom(Receiver receiver, String key) {
        if (key.equals(Receiver.ALL)) {
            return true;
        }
        long now = nanoTime.getAsLong();
        Map<String, Long> used = switches.computeIfAbsent(receiver.name(), name -> new HashMap<>());
        used.values().removeIf(since -> now - since >= HOUR.toNanos());
        if (!used.containsKey(key) && used.size() >= receiver.maxSwitchesPerHour()) {
            return false;
        }
        used.putIfAbsent(key, now);
        return true;
    }

    /** Whether a decision was recorded before, so that once is enough. */
    public boolean isRecorded(Decision decision) {
        return seen.containsKey(memory(decision));
    }

    /** Remembers that a decision is carried out, or recorded. */
    public void done(Decision decision) {
        if (decision.verdict() != Verdict.REPEATED) {
            seen.put(memory(decision), nanoTime.getAsLong());
        }
    }

    private static String memory(Decision decision) {
        return memory(decision.receiver(), decision.verdict(), decision.key(), decision.identity());
    }

    private static String memory(Receiver receiver, Verdict verdict, @Nullable String key, String identity) {
        return String.join("/", receiver.name(), verdict.toString(), String.valueOf(key), identity);
    }
}
