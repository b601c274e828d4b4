package dev.agentflags.remote.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a client proves who it is with, had anew for each request. Never shown. Immutable. */
public final class Token {

    private final Source source;

    private interface Source {
        @Nullable
        String get() throws IOException;
    }

    private Token(Source source) {
        this.source = source;
    }

    /**
     * Returns a token that stays the same.
     *
     * @throws IllegalArgumentException if it cannot be one
     */
    public static Token of(String token) {
        if (!isSound(token)) {
            throw new IllegalArgumentException("token: expected visible ASCII characters, found none or others");
        }
        return new Token(() -> token);
    }

    /** Returns a token that may change; it is asked for at each request. */
    public static Token from(Supplier<String> supplier) {
        return new Token(supplier::get);
    }

    /** Returns a token in a file, which is read at each request. Space around it does not count. */
    public static Token in(Path file) {
        return new Token(() -> {
            try {
                return Files.readString(file).strip();
            } catch (NoSuchFileException e) {
                throw new IOException("the token's file " + file + " is not there", e);
            } catch (IOException e) {
                throw new IOException("the token's file " + file + " cannot be read", e);
            }
        });
    }

    /**
     * Returns the value of the header {@code Authorization}.
     *
     * @throws IOException if there is no token to be had; what is wrong is told without it
     */
    String authorization() throws IOException {
        String token = get();
        if (token == null || !isSound(token)) {
            throw new IOException("the token: expected visible ASCII characters, found none or others");
        }
        return "Bearer " + token;
    }

    private @Nullable String get() throws IOException {
        try {
            return source.get();
        } catch (RuntimeException e) {
            throw new IOException(
                    "the token cannot be had: " + e.getClass().getSimpleName()); // its message may have the token in it
        }
    }

    private static boolean isSound(String token) {
        return !token.isEmpty() && token.chars().allMatch(c -> c > ' ' && c < 0x7F);
    }

    @Override
    public String toString() {
        return "a token";
    }
}
