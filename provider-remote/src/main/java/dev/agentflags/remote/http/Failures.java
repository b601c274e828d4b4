package dev.agentflags.remote.http;

import dev.agentflags.remote.follow.Answer.Failure;
import dev.agentflags.remote.follow.Answer.Kind;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import okhttp3.Response;

/** Says what went wrong, for people, always the same for the same, and whether that is likely to last. */
final class Failures {

    private static final int REQUEST_TIMEOUT = 408;
    private static final int TOO_EARLY = 425;
    private static final int TOO_MANY_REQUESTS = 429;

    private Failures() {}

    /** Returns what an answer comes to that is neither a document nor a stream. */
    static Failure of(Response response) {
        int status = response.code();
        boolean passing =
                status >= 500 || status == REQUEST_TIMEOUT || status == TOO_EARLY || status == TOO_MANY_REQUESTS;
        return new Failure(
                "HTTP " + status + hint(status),
                passing ? Kind.PASSING : Kind.LASTING,
                RetryAfter.read(response.header("Retry-After"), response.header("Date")));
    }

    private static String hint(int status) {
        return switch (status) {
            case 301, 302, 303, 307, 308 -> ", a redirection, which is not followed";
            case 401 -> ", no token or one that is not valid";
            case 403 -> ", a token without the right to this";
            case 404, 410 -> ", nothing there";
            default -> "";
        };
    }

    /** Returns what an exception comes to. */
    static Failure of(IOException e) {
        if (e instanceof PrivateAddresses.RefusedException) {
            return Failure.lasting(String.valueOf(e.getMessage()));
        }
        return new Failure(describe(e), isLasting(e) ? Kind.LASTING : Kind.PASSING);
    }

    /** A server that goes away in the middle of a handshake will be back; one that is not trusted stays so. */
    private static boolean isLasting(IOException e) {
        return e instanceof SSLPeerUnverifiedException
                || (e instanceof SSLHandshakeException
                        && !(e.getCause() instanceof EOFException)
                        && !(e.getCause() instanceof SocketException));
    }

    private static String describe(IOException e) {
        if (e instanceof UnknownHostException) {
            return "the host's name is not known";
        }
        if (e instanceof ConnectException) {
            return "cannot be connected to";
        }
        if (e instanceof InterruptedIOException) {
            return "no answer in time";
        }
        String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return e instanceof SSLException ? "TLS: " + message : message;
    }
}
