package dev.agentflags.server.access;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A file of tokens, which only its owner may read. Safe for use by many threads and many processes. */
public final class TokenFile {

    private static final String OWNER_ONLY = "rw-------";
    private static final int MAX_OF_NAME = 2;
    private static final int MAX_BYTES = 1024 * 1024;

    private final Path path;

    private TokenFile(Path path) {
        this.path = path;
    }

    /** Returns the tokens in a file, which need not be there yet. */
    public static TokenFile of(Path path) {
        return new TokenFile(path);
    }

    /**
     * Reads the tokens.
     *
     * @throws NoSuchFileException if there is no such file
     * @throws IOException if it cannot be read, or is not a file of tokens; the message names it
     */
    public Tokens read() throws IOException {
        return parse(text());
    }

    /** Returns what is in the file. */
    String text() throws IOException {
        if (Files.size(path) > MAX_BYTES) {
            throw new FileSystemException(
                    path.toString(), null, "expected a file of tokens of at most %,d bytes".formatted(MAX_BYTES));
        }
        return Files.readString(path);
    }

    /** Returns what a text says that was in the file. */
    Tokens parse(String text) throws IOException {
        try {
            return Tokens.fromJson(text);
        } catch (IllegalArgumentException e) {
            throw new FileSystemException(path.toString(), null, e.getMessage());
        }
    }

    /**
     * Makes a token and adds what is kept of it. A name may have two tokens that count at a time, so that one can be replaced by
     * another without a moment in which neither does.
     *
     * @param flags the flags that it may change, {@code *} standing for the switch of all; null for all flags
     * @param expires when it ends, or null where it does not
     * @throws IllegalStateException if the name has two tokens that count already
     * @throws IOException if the file cannot be read or written
     */
    public Token.Made create(
            String name, Set<Scope> scopes, @Nullable Set<String> flags, Instant now, @Nullable Instant expires)
            throws IOException {
        Token.Made made = Token.make(name, scopes, flags, now, expires, new SecureRandom());
        edit(before -> {
            List<String> counting = before.stream()
                    .filter(token -> token.name().equals(name) && !token.isExpired(now))
                    .map(Token::id)
                    .toList();
            if (counting.size() >= MAX_OF_NAME) {
                throw new IllegalStateException("%s has the tokens %s already; revoke one of them first"
                        .formatted(name, String.join(" and ", counting)));
            }
            List<Token> after = new ArrayList<>(before);
            after.add(made.token());
            return after;
        });
        return made;
    }

    /**
     * Removes tokens.
     *
     * @param idOrName of one token, or of all of one name
     * @return those that were removed
     * @throws IOException if the file cannot be read or written
     */
    public List<Token> revoke(String idOrName) throws IOException {
        List<Token> revoked = new ArrayList<>();
        edit(before -> {
            List<Token> after = new ArrayList<>(before);
            for (Token token : before) {
                if (token.id().equals(idOrName) || token.name().equals(idOrName)) {
                    revoked.add(token);
                    after.remove(token);
                }
            }
            return after;
        });
        return revoked;
    }

    /** One at a time. A file that is not there counts as one without tokens. */
    private void edit(UnaryOperator<List<Token>> edit) throws IOException {
        synchronized (TokenFile.class) { // the system's locks are between processes
            editLocked(edit);
        }
    }

    @SuppressWarnings("try") // the lock is held, not used
    private void editLocked(UnaryOperator<List<Token>> edit) throws IOException {
        Path lock = path.resolveSibling("." + path.getFileName() + ".lock");
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var held = channel.lock()) {
            List<Token> before = Files.exists(path) ? read().all() : List.of();
            write(Tokens.of(edit.apply(before)).toJson());
        }
    }

    private void write(String json) throws IOException {
        Path target = Files.exists(path) ? path.toRealPath() : path;
        Path prepared = target.resolveSibling("." + target.getFileName() + ".new");
        Files.deleteIfExists(prepared);
        Files.createFile(prepared, ownerOnly(target));
        try (FileChannel channel = FileChannel.open(prepared, StandardOpenOption.WRITE)) {
            channel.write(StandardCharsets.UTF_8.encode(json));
            channel.force(true);
        }
        Files.move(prepared, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static FileAttribute<?>[] ownerOnly(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY))
                }
                : new FileAttribute<?>[0];
    }

    /** Returns the path. */
    @Override
    public String toString() {
        return path.toString();
    }
}
