package dev.agentflags.agent.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ErrorClassifierTest {

    private static final ErrorClassifier STANDARD = ErrorClassifier.standard();

    /** As a library of which this module knows nothing but the name. */
    private static class RateLimitException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private static final class VendorsRateLimit extends RateLimitException {
        private static final long serialVersionUID = 1L;
    }

    /** As the clients of the makers of models name what is the network's fault. */
    private static final class OpenAIIoException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** As the JDK's own HTTP client's, whose module this one does not read. */
    private static class HttpTimeoutException extends IOException {
        private static final long serialVersionUID = 1L;
    }

    private static final class HttpConnectTimeoutException extends HttpTimeoutException {
        private static final long serialVersionUID = 1L;
    }

    /** As Jackson's, which is an IOException too. */
    private static final class JsonParseException extends IOException {
        private static final long serialVersionUID = 1L;
    }

    private static final class StatusException extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final int status;

        private StatusException(int status) {
            this.status = status;
        }
    }

    static Stream<Throwable> infrastructure() {
        return Stream.of(
                new TimeoutException(),
                new SocketTimeoutException(),
                new InterruptedIOException("timeout"),
                new ConnectException(),
                new UnknownHostException(),
                new HttpConnectTimeoutException(),
                new SSLHandshakeException("no"),
                new EOFException(),
                new ClosedChannelException(),
                new IOException("unexpected end of stream"),
                new RateLimitException(),
                new VendorsRateLimit(),
                new OpenAIIoException(),
                new UncheckedIOException(new SocketTimeoutException()),
                new RuntimeException(new HttpConnectTimeoutException()),
                new IllegalStateException(new IllegalArgumentException(new ConnectException())));
    }

    @ParameterizedTest
    @MethodSource("infrastructure")
    void blames_infrastructure_for(Throwable infrastructure) {
        assertThat(STANDARD.classify(infrastructure)).isEqualTo(ErrorClass.INFRASTRUCTURE);
    }

    static Stream<Throwable> variant() {
        return Stream.of(
                new IllegalStateException(),
                new JsonParseException(),
                new NumberFormatException(),
                new NullPointerException(),
                new UncheckedIOException(new JsonParseException()),
                new IllegalStateException(new IllegalArgumentException()),
                circle(),
                deep(8),
                new OutOfMemoryError());
    }

    private static Throwable circle() {
        var outer = new IllegalStateException();
        outer.initCause(new IllegalStateException(outer));
        return outer;
    }

    /** A cause that is further away than anyone looks. */
    private static Throwable deep(int wrappers) {
        Throwable error = new TimeoutException();
        for (int i = 0; i < wrappers; i++) {
            error = new IllegalStateException(error);
        }
        return error;
    }

    @ParameterizedTest
    @MethodSource("variant")
    void suspects_the_variant_of(Throwable variant) {
        assertThat(STANDARD.classify(variant)).isEqualTo(ErrorClass.VARIANT);
    }

    @Test
    void blames_the_caller_for_a_bad_argument() {
        assertThat(STANDARD.classify(new IllegalArgumentException())).isEqualTo(ErrorClass.CALLER);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "408, INFRASTRUCTURE",
        "429, INFRASTRUCTURE",
        "500, INFRASTRUCTURE",
        "529, INFRASTRUCTURE",
        "400, VARIANT",
        "401, VARIANT",
        "404, VARIANT",
        "0, VARIANT"
    })
    void goes_by_the_status_where_it_is_told_one(int status, ErrorClass expected) {
        ErrorClassifier classifier = ErrorClassifier.byHttpStatus(e -> e instanceof StatusException s ? s.status : 0);
        assertThat(classifier.classify(new StatusException(status))).isEqualTo(expected);
        assertThat(classifier.classify(new IllegalStateException(new StatusException(status))))
                .isEqualTo(expected);
        assertThat(ErrorClassifier.byHttpStatus(e -> 400).classify(new IllegalArgumentException()))
                .isEqualTo(ErrorClass.VARIANT);
        assertThat(classifier.classify(new TimeoutException())).isEqualTo(ErrorClass.INFRASTRUCTURE);
    }
}
