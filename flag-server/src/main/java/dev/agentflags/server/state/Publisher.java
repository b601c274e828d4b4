package dev.agentflags.server.state;

import dev.agentflags.document.DocumentException;
import dev.agentflags.document.ParsedDocument;
import dev.agentflags.document.RecentDocument;
import dev.agentflags.model.Definition;
import dev.agentflags.model.KillSwitch;
import dev.agentflags.model.Revision;
import dev.agentflags.model.Ruleset;
import dev.agentflags.snapshot.Change;
import dev.agentflags.snapshot.RefusedException;
import dev.agentflags.snapshot.RulesetInForce;
import java.time.Clock;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides which document is served. One that is not sound as a whole, older than the one before it, or suddenly without any flags
 * is refused, and the one before it goes on being served. Safe for use by many threads; readers never wait.
 */
public final class Publisher {

    private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);

    private static final String WIPED =
            "it has no flags any more, and is not a later serial of the same lineage: the store looks as if it was wiped";

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final RulesetInForce inForce = new RulesetInForce();
    private final RecentDocument reader = new RecentDocument();
    private final Clock clock;
    private final Consumer<Published> listener;
    private volatile @Nullable Published current;

    /**
     * Makes one that serves nothing yet.
     *
     * @param listener is told of each document that is served from now on, in order, by whichever thread has offered it; returns
     *     soon
     */
    public Publisher(Clock clock, Consumer<Published> listener) {
        this.clock = clock;
        this.listener = listener;
    }

    /**
     * Returns what is served.
     *
     * @throws IllegalStateException if nothing was ever published
     */
    public Published current() {
        Published now = current;
        if (now == null) {
            throw new IllegalStateException("nothing is published yet");
        }
        return now;
    }

    /** Returns what reads the documents that are offered, for those who write them. */
    public RecentDocument reader() {
        return reader;
    }

    /** Offers a document; the one that is served already is taken without any effect. */
    public synchronized Offer offer(byte[] utf8) {
        byte[] bytes = withoutByteOrderMark(utf8);
        Published before = current;
        if (before != null && before.has(bytes)) {
            return new Offer(before, null);
        }
        try {
            ParsedDocument document = reader.read(bytes);
            if (before != null && isWiped(document.ruleset(), before.snapshot().ruleset())) {
                return Offer.refused(WIPED);
            }
            return new Offer(publish(bytes, document, before), null);
        } catch (DocumentException | RefusedException e) {
            return Offer.refused(Objects.requireNonNullElse(e.getMessage(), "not a document"));
        }
    }

    private Published publish(byte[] bytes, ParsedDocument document, @Nullable Published before)
            throws RefusedException {
        Change change = inForce.accept(document);
        Published next = Published.of(bytes, change.after(), kills(change), clock.instant());
        current = next;
        listener.accept(next);
        log(before, next, document);
        return next;
    }

    private static byte[] withoutByteOrderMark(byte[] utf8) {
        boolean has = utf8.length >= BYTE_ORDER_MARK.length
                && Arrays.equals(utf8, 0, BYTE_ORDER_MARK.length, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length);
        return has ? Arrays.copyOfRange(utf8, BYTE_ORDER_MARK.length, utf8.length) : utf8;
    }

    /** An operation that removes the last flag counts the serial up; a store that was lost and begun again does not. */
    private static boolean isWiped(Ruleset offered, Ruleset inForce) {
        return offered.flags().isEmpty()
                && !inForce.flags().isEmpty()
                && !isLater(offered.revision(), inForce.revision());
    }

    private static boolean isLater(@Nullable Revision one, @Nullable Revision other) {
        return one != null && other != null && other.isOlderThan(one);
    }

    /** Whether something is killed that was not before, or was not there before. */
    private static boolean kills(Change change) {
        Ruleset after = change.after().ruleset();
        Ruleset before =
                change.before() == null ? Ruleset.empty() : change.before().ruleset();
        return (isEngaged(after.killSwitch()) && !isEngaged(before.killSwitch()))
                || after.flags().values().stream()
                        .anyMatch(flag -> flag.killSwitch().engaged() && !isKilled(before, flag.key()));
    }

    private static boolean isEngaged(@Nullable KillSwitch killSwitch) {
        return killSwitch != null && killSwitch.engaged();
    }

    private static boolean isKilled(Ruleset ruleset, String key) {
        Definition definition = ruleset.flags().get(key);
        return definition != null && definition.killSwitch().engaged();
    }

    private static void log(@Nullable Published before, Published now, ParsedDocument document) {
        Revision was = before == null ? null : before.revision();
        Revision is = now.revision();
        if (was != null && (is == null || !Objects.equals(was.lineage(), is.lineage()))) {
            LOG.warn("the document is of another lineage than the one before it; providers cannot tell which is newer");
        }
        if (!document.problems().isEmpty()) {
            LOG.warn(
                    "serial {} has {} problems, the first: {}",
                    now.serial(),
                    document.problems().size(),
                    document.problems().get(0));
        }
        if (is != null) {
            LOG.info("serving serial {}{}", is.serial(), now.isUrgent() ? ", which kills" : "");
        }
    }
}
