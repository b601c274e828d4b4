package dev.agentflags.file;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Says what the JDK's exceptions mean, for people; some of them have nothing but a path for a message. */
final class Failure {

    private Failure() {}

    /** Returns what went wrong, without the path. */
    static String describe(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "no such file";
        }
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof CharacterCodingException) {
            return "expected UTF-8, found something else";
        }
        String reason = e instanceof FileSystemException file ? file.getReason() : e.getMessage();
        return reason == null ? e.getClass().getSimpleName() : reason;
    }

    /** Returns an exception that says the same, and of which file. */
    static IOException of(Path path, IOException e) {
        var named = new FileSystemException(path.toString(), null, describe(e));
        named.initCause(e);
        return named;
    }
}
