package dev.agentflags.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who may do what with a file. */
final class FileAttributes {

    private static final Logger LOG = LoggerFactory.getLogger(FileAttributes.class);

    private FileAttributes() {}

    /** Gives one file the mode, group and owner of another, as far as the system lets us. Elsewhere than on POSIX it does nothing. */
    static void copy(Path from, Path to) {
        PosixFileAttributeView source = view(from);
        PosixFileAttributeView target = view(to);
        if (source == null || target == null) {
            return;
        }
        try {
            PosixFileAttributes wanted = source.readAttributes();
            PosixFileAttributes found = target.readAttributes();
            if (!found.group().equals(wanted.group())) {
                attempt(to, "group", () -> target.setGroup(wanted.group()));
            }
            if (!found.owner().equals(wanted.owner())) {
                attempt(to, "owner", () -> target.setOwner(wanted.owner()));
            }
            target.setPermissions(wanted.permissions());
        } catch (IOException e) {
            LOG.warn("{}: cannot be given the mode of {}: {}", to, from, Failure.describe(e));
        }
    }

    private static @Nullable PosixFileAttributeView view(Path file) {
        return Files.getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    }

    /** Something that the system may forbid. */
    private interface Attempt {
        void run() throws IOException;
    }

    private static void attempt(Path file, String what, Attempt attempt) {
        try {
            attempt.run();
        } catch (IOException e) {
            LOG.warn("{}: cannot be given the {} of the file before it: {}", file, what, Failure.describe(e));
        }
    }
}
