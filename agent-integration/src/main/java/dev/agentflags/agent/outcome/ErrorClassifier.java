package dev.agentflags.agent.outcome;

import java.util.function.ToIntFunction;

/** Tells whose fault an error was. Safe for use by many threads; one that throws, or says nothing, is taken to say VARIANT. */
@FunctionalInterface
public interface ErrorClassifier {

    /** Whose fault {@code error} was; wrappers such as CompletionException are already taken off. */
    ErrorClass classify(Throwable error);

    /**
     * Goes by the types of the exception and its causes, since libraries wrap. Time-outs, broken connections and plain {@link java.io.IOException}s are
     * infrastructure's, and so are exceptions that model libraries name after HTTP's 429, 5xx and time-outs, such as
     * {@code RateLimitException}. Without one of those the outermost exception decides: an {@link IllegalArgumentException} is the caller's; all else may be the variant's, an
     * answer that does not parse included.
     */
    static ErrorClassifier standard() {
        return StandardErrorClassifier.INSTANCE;
    }

    /**
     * Goes by the HTTP status where there is one: 408, 429 and 5xx are infrastructure's, other errors from 400 may be
     * the variant's, since it chose what was asked of which model. Without one, as {@link #standard()}.
     *
     * @param status the status that an error carries; 0 if it carries none. It is asked of an error and its causes, and the
     *     first that carries one decides
     */
    static ErrorClassifier byHttpStatus(ToIntFunction<Throwable> status) {
        return error -> {
            for (Throwable link : StandardErrorClassifier.links(error)) {
                int code = status.applyAsInt(link);
                if (code >= 400) {
                    return code == 408 || code == 429 || code >= 500 ? ErrorClass.INFRASTRUCTURE : ErrorClass.VARIANT;
                }
            }
            return standard().classify(error);
        };
    }
}
