package dev.agentflags.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentflags.openfeature.Eventually;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every source must do. A source's test extends this, says how its documents are changed, and adds what is its own.
 *
 * <p>It wants a source that notices a change, and gives up hope, within a few seconds.
 */
@Timeout(60)
public abstract class FlagSourceContract {

    private static final String ONE = "{\"one\": {\"status\": \"on\"}}";
    private static final String TWO = "{\"two\": {\"status\": \"on\"}}";
    private static final String BAD = "{\"bad\": 1}";

    /** Hears what {@link #source} says. */
    protected final RecordingListener listener = new RecordingListener();

    /** The source to be tested; closed afterwards. */
    protected FlagSource source;

    /** Returns a source, not started, of the documents that {@link #publish} changes. */
    protected abstract FlagSource newSource() throws Exception;

    /** Makes this the document that is to be had; there is none until the first call. */
    protected abstract void publish(String document) throws Exception;

    /** Makes it impossible to have a document. */
    protected abstract void withdraw() throws Exception;

    @BeforeEach
    void makeSource() throws Exception {
        source = newSource();
    }

    @AfterEach
    void closeSource() {
        source.close();
    }

    @Test
    protected void delivers_the_document_that_is_there() throws Exception {
        publish(ONE);
        source.start(listener);

        listener.awaitAccepted(ONE);
    }

    @Test
    protected void delivers_a_document_that_comes_later() throws Exception {
        source.start(listener);
        listener.awaitFailure("");
        publish(ONE);

        listener.awaitAccepted(ONE);
    }

    @Test
    protected void delivers_every_change_in_order() throws Exception {
        publish(ONE);
        source.start(listener);
        listener.awaitAccepted(ONE);
        publish(TWO);
        listener.awaitAccepted(TWO);
        publish(ONE);
        listener.awaitAccepted(ONE);

        assertThat(listener.accepted()).containsExactly(ONE, TWO, ONE);
    }

    @Test
    protected void confirms_a_document_that_stays_and_does_not_deliver_it_again() throws Exception {
        publish(ONE);
        source.start(listener);
        listener.awaitAccepted(ONE);
        listener.awaitConfirmation();
        publish(ONE);
        listener.awaitConfirmation();
        listener.awaitConfirmation();

        assertThat(listener.delivered()).containsExactly(ONE);
    }

    @Test
    protected void fails_with_the_reason_when_a_document_stays_refused() throws Exception {
        publish(BAD);
        source.start(listener);

        listener.awaitFailure("refused: " + BAD);
    }

    @Test
    protected void goes_on_after_a_document_that_was_refused() throws Exception {
        publish(ONE);
        source.start(listener);
        listener.awaitAccepted(ONE);
        publish(BAD);
        listener.awaitFailure("refused: " + BAD);
        publish(TWO);

        listener.awaitAccepted(TWO);
    }

    @Test
    protected void confirms_a_document_that_comes_back_after_one_that_was_refused() throws Exception {
        publish(ONE);
        source.start(listener);
        listener.awaitAccepted(ONE);
        publish(BAD);
        listener.awaitFailure("refused: " + BAD);
        publish(ONE);
        listener.awaitConfirmation();

        assertThat(listener.accepted()).containsExactly(ONE);
    }

    @Test
    protected void fails_when_there_is_no_document_any_more_and_goes_on() throws Exception {
        publish(ONE);
        source.start(listener);
        listener.awaitAccepted(ONE);
        withdraw();
        listener.awaitFailure("");
        publish(TWO);

        listener.awaitAccepted(TWO);
    }

    @Test
    protected void confirms_the_same_document_when_it_comes_back() throws Exception {
        publish(ONE);
        source.start(listener);
        listener.awaitAccepted(ONE);
        withdraw();
        listener.awaitFailure("");
        publish(ONE);
        listener.awaitConfirmation();

        assertThat(listener.delivered()).containsExactly(ONE);
    }

    @Test
    protected void calls_from_one_thread_at_a_time_and_not_from_the_one_that_starts_it() throws Exception {
        publish(ONE);
        source.start(listener);
        listener.awaitAccepted(ONE);
        publish(BAD);
        listener.awaitFailure("refused: " + BAD);

        assertThat(listener.overlapped()).isFalse();
        assertThat(listener.threads()).doesNotContain(Thread.currentThread()).allMatch(Thread::isDaemon);
    }

    @Test
    protected void is_started_once() {
        source.start(listener);

        assertThatThrownBy(() -> source.start(listener)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    protected void is_not_started_after_it_was_closed() {
        source.close();

        assertThatThrownBy(() -> source.start(listener)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    protected void may_be_closed_twice() {
        source.start(listener);
        source.close();

        assertThatCode(source::close).doesNotThrowAnyException();
    }

    @Test
    protected void may_be_closed_by_its_listener() throws Exception {
        publish(ONE);
        var closing = new FlagSource.Listener() {
            private volatile boolean closed;

            @Override
            public String deliver(byte[] utf8) {
                source.close();
                closed = true;
                return "closed";
            }

            @Override
            public void confirm() {}

            @Override
            public void fail(String problem) {}
        };
        source.start(closing);

        Eventually.until(() -> closing.closed);
    }

    @Test
    protected void calls_nobody_and_has_no_thread_a_second_after_it_was_closed() throws Exception {
        publish(ONE);
        List<Thread> before = threads();
        source.start(listener);
        listener.awaitAccepted(ONE);
        long start = System.nanoTime();
        source.close();
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        int calls = listener.calls();
        publish(TWO);

        assertThat(took).isLessThan(Duration.ofSeconds(1));
        Eventually.until(() -> before.containsAll(threads()));
        assertThat(listener.calls()).isEqualTo(calls);
    }

    /** Whether a thread is a library's that all sources of this process share, and that ends by itself. */
    protected boolean isShared(Thread thread) {
        return false;
    }

    private List<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .filter(thread -> !isShared(thread))
                .toList();
    }
}
