package dev.agentflags.server.access;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets those in who have a token. One thread asks, another one may {@linkplain #reload reload} the tokens.
 *
 * <p>A source that comes with bad tokens again and again is not told any more whether they are bad. A good token counts from
 * everywhere and at any time: behind a proxy all come from one source, and nobody must be able to lock out a kill.
 */
public final class Gate {

    /** Who asks for what nobody needs a token for. */
    public static final Caller STRANGER = new Caller("anonymous", "", Set.of(), Set.of());

    private static final Logger LOG = LoggerFactory.getLogger(Gate.class);
    private static final String SCHEME = "bearer ";

    private final @Nullable TokenFile file;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final Failures failures = new Failures();
    private volatile Loaded loaded;

    /** The last problem with the file that was warned of; only for who reloads. */
    private @Nullable String warned;

    private record Loaded(String text, Tokens tokens) {}

    private Gate(@Nullable TokenFile file, Loaded loaded, Clock clock, LongSupplier nanoTime) {
        this.file = file;
        this.loaded = loaded;
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    /** Returns a gate that lets anybody in, with all rights. */
    public static Gate open() {
        return new Gate(null, new Loaded("", Tokens.of(List.of())), Clock.systemUTC(), System::nanoTime);
    }

    /**
     * Returns a gate for those whose token is in a file.
     *
     * @throws IOException if the file cannot be read or has errors
     */
    public static Gate of(TokenFile file, Clock clock, LongSupplier nanoTime) throws IOException {
        String text = file.text();
        return new Gate(file, new Loaded(text, file.parse(text)), clock, nanoTime);
    }

    /** Whether nobody needs a token. */
    public boolean isOpen() {
        return file == null;
    }

    /** Returns the tokens that count now. */
    public Tokens tokens() {
        return loaded.tokens();
    }

    /** Whether a token that has let somebody in would do so now. */
    public boolean counts(String tokenId) {
        return file == null || loaded.tokens().counting(tokenId, clock.instant()) != null;
    }

    /** Reads the file again. One that cannot be read or has errors is warned of, and the tokens stay as they were. */
    public void reload() {
        if (file == null) {
            return;
        }
        try {
            String text = file.text();
            if (!text.equals(loaded.text())) {
                loaded = new Loaded(text, file.parse(text));
                LOG.info(
                        "{} has changed, there are {} tokens now",
                        file,
                        loaded.tokens().all().size());
            }
            warned = null;
        } catch (IOException e) {
            String problem = String.valueOf(e.getMessage());
            if (!problem.equals(warned)) {
                LOG.warn("{} cannot be used, the tokens stay as they were: {}", file, problem);
                warned = problem;
            }
        }
    }

    /**
     * Returns who sends a request.
     *
     * @param authorization the header, or null where there is none
     * @param source where the request comes from
     */
    public Caller admit(@Nullable String authorization, String source) throws DeniedException {
        if (file == null) {
            return Caller.ANYBODY;
        }
        if (authorization == null) {
            throw new DeniedException("expected a token: Authorization: Bearer af_…", false);
        }
        String sent = authorization.toLowerCase(Locale.ROOT).startsWith(SCHEME)
                ? authorization.substring(SCHEME.length()).strip()
                : "";
        Token token = loaded.tokens().find(sent, clock.instant());
        if (token == null) {
            throw denied("the token is unknown, revoked or expired", source);
        }
        return token.caller();
    }

    /**
     * Returns a ticket with which its holder may listen as this caller may, until it ends with the caller's token or a minute from now;
     * null where nobody needs one.
     */
    public @Nullable String ticket(Caller caller) {
        Instant now = clock.instant();
        Token token = loaded.tokens().counting(caller.tokenId(), now);
        return token == null ? null : Ticket.make(token, now);
    }

    /**
     * Returns who sends a request that has a ticket: somebody who may listen at most, whatever the token may that it is of.
     *
     * @param sent the ticket
     * @param source where the request comes from
     */
    public Caller admitWithTicket(String sent, String source) throws DeniedException {
        if (file == null) {
            return Caller.ANYBODY;
        }
        Instant now = clock.instant();
        Ticket ticket = Ticket.read(sent);
        Token token = ticket == null ? null : loaded.tokens().find(ticket, now);
        if (ticket == null || token == null) {
            throw denied("the ticket is none, or its token is revoked or expired", source);
        }
        // not counted as an attempt at anything: browsers open a stream that broke with the ticket that they have
        if (!ticket.isValid(now)) {
            throw new DeniedException("the ticket has expired; the next evaluation of all flags has another", false);
        }
        return token.caller().listening();
    }

    private DeniedException denied(String why, String source) {
        boolean lockedOut = failures.add(source, nanoTime.getAsLong());
        return new DeniedException(lockedOut ? "too many bad tokens of late" : why, lockedOut);
    }
}
