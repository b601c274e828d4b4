package dev.agentflags.agent.outcome;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** Goes by the types of an error and its causes, and for libraries that this module does not know by the type's simple name. */
enum StandardErrorClassifier implements ErrorClassifier {
    INSTANCE;

    /** As LangChain4j, Spring, Google's ADK and the model makers' own clients name them. */
    private static final Set<String> INFRASTRUCTURE_NAMES = Set.of(
            "RateLimitException",
            "InternalServerException",
            "InternalServerError",
            "ServiceUnavailableException",
            "OverloadedException",
            "TooManyRequests",
            "TooManyRequestsException",
            "TransientAiException",
            "HttpServerErrorException",
            "ServerException",
            "TimeoutException",
            "HttpTimeoutException",
            "StreamResetException",
            "ConnectException",
            "ReadTimeoutException",
            "ResourceAccessException",
            "OpenAIIoException",
            "OpenAIRetryableException",
            "AnthropicIoException",
            "AnthropicRetryableException",
            "GenAiIOException",
            "WebClientRequestException",
            "NotImplemented",
            "BadGateway",
            "ServiceUnavailable",
            "GatewayTimeout");

    /** How far a chain of causes is followed; one may be a circle. */
    private static final int MAX_LINKS = 8;

    @Override
    public ErrorClass classify(Throwable error) {
        if (links(error).stream().anyMatch(StandardErrorClassifier::isInfrastructure)) {
            return ErrorClass.INFRASTRUCTURE;
        }
        boolean caller = error instanceof IllegalArgumentException && !(error instanceof NumberFormatException);
        return caller ? ErrorClass.CALLER : ErrorClass.VARIANT;
    }

    /** An error, its cause, the cause of that, and so on. */
    static List<Throwable> links(Throwable error) {
        var links = new ArrayList<Throwable>(MAX_LINKS);
        for (Throwable link = error; link != null && links.size() < MAX_LINKS; link = link.getCause()) {
            links.add(link);
        }
        return links;
    }

    private static boolean isInfrastructure(Throwable error) {
        // other IOExceptions may be an answer that does not parse: Jackson's are
        return error instanceof TimeoutException
                || error instanceof InterruptedIOException
                || error instanceof SocketException
                || error instanceof UnknownHostException
                || error instanceof SSLException
                || error instanceof EOFException
                || error instanceof ClosedChannelException
                || error.getClass() == IOException.class
                || isNamedAfterInfrastructure(error.getClass());
    }

    private static boolean isNamedAfterInfrastructure(Class<?> type) {
        for (Class<?> named = type; named != null; named = named.getSuperclass()) {
            if (INFRASTRUCTURE_NAMES.contains(named.getSimpleName())) {
                return true;
            }
        }
        return false;
    }
}
