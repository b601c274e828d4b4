package dev.agentflags.remote.follow;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long everything takes at most, and how often it is done. Immutable.
 *
 * @param call for one request, from the name's resolution to the last byte
 * @param firstCall the same for the first request where a cached document is at hand
 * @param poll between two requests where there is no stream; each time up to a fifth more or less
 * @param safetyPoll between two requests where there is one
 * @param whole after this long the document is asked for without an ETag, in case the server has given one to two documents
 * @param heartbeat how often a server shows that it is alive
 * @param staleAfter without confirmation, the document is said to be stale
 * @param killAfter without confirmation, every flag is killed; null for never
 * @param retry what the time before the next attempt starts from, doubling
 * @param maxRetry what it does not exceed
 * @param lastingRetry the same where the failure is likely to last
 * @param maxLastingRetry what that does not exceed; nor does what a server asks for
 * @param healthy after this long without a failure, the next one is the first
 * @param streamRetry when to look again for a stream that a server does not have
 * @param catchUp when to ask again for a document that was announced and is not served, doubling
 * @param catchUpFor how long to do that
 * @param firstDocument how long failures that are likely to pass are kept back while there never was a document
 */
public record Timing(
        Duration call,
        Duration firstCall,
        Duration poll,
        Duration safetyPoll,
        Duration whole,
        Duration heartbeat,
        Duration staleAfter,
        @Nullable Duration killAfter,
        Duration retry,
        Duration maxRetry,
        Duration lastingRetry,
        Duration maxLastingRetry,
        Duration healthy,
        Duration streamRetry,
        Duration catchUp,
        Duration catchUpFor,
        Duration firstDocument) {

    /** What a provider has unless told otherwise. */
    public static final Timing DEFAULT = new Timing(
            Duration.ofSeconds(5),
            Duration.ofSeconds(2),
            Duration.ofSeconds(10),
            Duration.ofMinutes(5),
            Duration.ofMinutes(10),
            Duration.ofSeconds(15),
            Duration.ofSeconds(45),
            null,
            Duration.ofMillis(500),
            Duration.ofSeconds(30),
            Duration.ofSeconds(60),
            Duration.ofMinutes(5),
            Duration.ofSeconds(60),
            Duration.ofMinutes(5),
            Duration.ofMillis(50),
            Duration.ofSeconds(5),
            Duration.ofSeconds(1));

    /** Returns the same with what a builder has options for. */
    public Timing with(Duration newPoll, Duration newStaleAfter, @Nullable Duration newKillAfter) {
        return new Timing(
                call,
                firstCall,
                newPoll,
                safetyPoll,
                whole,
                heartbeat,
                newStaleAfter,
                newKillAfter,
                retry,
                maxRetry,
                lastingRetry,
                maxLastingRetry,
                healthy,
                streamRetry,
                catchUp,
                catchUpFor,
                firstDocument);
    }

    /** Returns how long a stream may be silent before it is taken to be dead: two heartbeats and a half. */
    public Duration silence() {
        return heartbeat.multipliedBy(5).dividedBy(2);
    }

    /** Returns the time that three attempts in a row take to fail and to be made again. */
    public Duration firstRetries() {
        return retry.multipliedBy(7);
    }
}
