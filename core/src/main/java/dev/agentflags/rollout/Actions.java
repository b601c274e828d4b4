package dev.agentflags.rollout;

import dev.agentflags.admin.AdminException;
import dev.agentflags.admin.AdminException.Kind;
import dev.agentflags.admin.FlagAdmin;
import dev.agentflags.admin.Operation;
import dev.agentflags.admin.Stored;
import dev.agentflags.document.DocumentException;
import dev.agentflags.document.DocumentReader;
import dev.agentflags.model.Flag;
import dev.agentflags.model.Ruleset;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out what guards want, through administration. A kill is done whatever else has changed; a rollout is only moved if it
 * still is where the guard has seen it. What fails is due again after a pause, a second at first and a minute at last. Not safe for
 * use by many threads.
 */
final class Actions {

    private static final Logger LOG = LoggerFactory.getLogger(Controller.class);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LAST_PAUSE = Duration.ofMinutes(1);

    private final FlagAdmin admin;
    private final Map<String, Pause> pauses = new HashMap<>();

    /**
     * How long something is left alone.
     *
     * @param length of the pause, for the next one to be twice as long
     */
    private record Pause(Instant end, Duration length) {}

    Actions(FlagAdmin admin) {
        this.admin = admin;
    }

    /** Whether it is time to try. */
    boolean isDue(GuardedFlag flag, Instant now) {
        Pause pause = pauses.get(flag.terms().flag().key());
        return pause == null || !now.isBefore(pause.end());
    }

    /** Tries to do what a guard wants, and returns whether it was done. */
    boolean carryOut(GuardedFlag flag, Intent intent, Instant now) {
        String key = flag.terms().flag().key();
        try {
            if (!apply(key, intent)) {
                pause(key, now); // somebody was first, and what they did will come into force
                return false;
            }
        } catch (AdminException e) {
            LOG.warn("{}: could not be {}: {}", key, intent.reason(), e.getMessage());
            pause(key, now);
            return false;
        }
        pauses.remove(key);
        flag.done(intent, now);
        if (intent instanceof Intent.Advance) {
            LOG.info("{}: {}", key, intent.reason());
        } else {
            LOG.warn("{}: {}", key, intent.reason());
        }
        return true;
    }

    private void pause(String key, Instant now) {
        Pause before = pauses.get(key);
        Duration length = before == null ? FIRST_PAUSE : before.length().multipliedBy(2);
        Duration next = length.compareTo(LAST_PAUSE) > 0 ? LAST_PAUSE : length;
        pauses.put(key, new Pause(now.plus(next), next));
    }

    private boolean apply(String key, Intent intent) throws AdminException {
        if (intent instanceof Intent.Kill kill) {
            admin.apply(new Operation.Kill(key, kill.reason()), null);
            return true;
        }
        if (intent instanceof Intent.RollBack rollBack) {
            return move(new Operation.RollBack(key, rollBack.reason()), terms -> terms.percentage() == rollBack.from());
        }
        if (intent instanceof Intent.Advance advance) {
            return move(
                    new Operation.Advance(key, advance.reason()),
                    terms -> terms.percentage() == advance.from() && terms.approval(advance.to()) == null);
        }
        throw new AssertionError("not a kind of intent: " + intent);
    }

    /** Moves a flag, if the document that it is moved in still asks for that. */
    private boolean move(Operation operation, Predicate<Terms> isRight) throws AdminException {
        Stored stored = admin.document();
        if (!isRight(stored.text(), operation.key(), isRight)) {
            return false;
        }
        try {
            admin.apply(operation, stored.version());
            return true;
        } catch (AdminException e) {
            if (e.kind() == Kind.CONFLICT) {
                return false;
            }
            throw e;
        }
    }

    private static boolean isRight(String document, @Nullable String key, Predicate<Terms> isRight) {
        try {
            Ruleset ruleset = DocumentReader.read(document).ruleset();
            return ruleset.flags().get(key) instanceof Flag flag
                    && flag.guard() != null
                    && !flag.killSwitch().engaged()
                    && isRight.test(new Terms(flag));
        } catch (DocumentException e) {
            return false; // nor would it be put in force
        }
    }
}
