package dev.agentflags.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The places where a path can come to mean another file: every symbolic link on the way to it, in the order in which the file
 * system goes through them, and the file itself.
 *
 * <p>For {@code /etc/flags/flags.json} of a Kubernetes ConfigMap these are {@code flags.json} and {@code ..data} in
 * {@code /etc/flags}, and {@code flags.json} in the directory that {@code ..data} points to.
 */
final class Links {

    /** As many links as Linux follows before it calls them a loop. */
    private static final int MAX_LINKS = 40;

    private final Map<Path, Set<Path>> namesByDirectory = new HashMap<>();
    private final Deque<Path> ahead = new ArrayDeque<>();
    private Path at;
    private int links;

    private Links(Path absolute) {
        this.at = absolute.getRoot();
        goThrough(absolute);
    }

    /**
     * Returns the names to be watched, by the directory that holds them. Where the path leads nowhere, the last name is the
     * first one that is missing. Does not throw for what the file system says: what cannot be looked at counts as missing.
     */
    static Map<Path, Set<Path>> of(Path path) {
        var links = new Links(path.toAbsolutePath());
        links.follow();
        return links.namesByDirectory;
    }

    private void goThrough(Path path) {
        for (int i = path.getNameCount() - 1; i >= 0; i--) {
            ahead.push(path.getName(i));
        }
    }

    private void follow() {
        while (!ahead.isEmpty()) {
            Path name = ahead.pop();
            Path next = at.resolve(name);
            if (Files.isSymbolicLink(next) && links < MAX_LINKS) {
                watch(name);
                turnTo(next);
            } else if (ahead.isEmpty() || !Files.exists(next, LinkOption.NOFOLLOW_LINKS)) {
                watch(name);
                return;
            } else {
                at = next.normalize();
            }
        }
    }

    private void watch(Path name) {
        namesByDirectory.computeIfAbsent(at, directory -> new HashSet<>()).add(name);
    }

    private void turnTo(Path link) {
        links++;
        try {
            Path target = Files.readSymbolicLink(link);
            if (target.isAbsolute()) {
                at = target.getRoot();
            }
            goThrough(target);
        } catch (IOException e) {
            ahead.clear(); // it has just been replaced; it is watched, so there will be another look
        }
    }
}
