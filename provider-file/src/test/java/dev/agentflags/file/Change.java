package dev.agentflags.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.UUID;

/** The ways in which a file comes to say something else. */
enum Change {
    EDITED_IN_PLACE {
        @Override
        void make(Path file, String document) throws IOException {
            Files.writeString(file, document);
        }
    },

    RENAMED_INTO_PLACE {
        @Override
        void make(Path file, String document) throws IOException {
            Path next = Files.writeString(sibling(file), document);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
    },

    /** As {@code mv} of a backup does it. */
    RESTORED_FROM_AN_OLDER_FILE {
        @Override
        void make(Path file, String document) throws IOException {
            Path backup = Files.writeString(sibling(file), document);
            Files.setLastModifiedTime(backup, LONG_AGO);
            Files.move(backup, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
    },

    /** The time of the last change says nothing, and the length is the same wherever the documents' is. */
    EDITED_WITHIN_A_TICK {
        @Override
        void make(Path file, String document) throws IOException {
            Files.writeString(file, document);
            Files.setLastModifiedTime(file, LONG_AGO);
        }
    },

    /** As Kubernetes does it: a new directory, a link to it renamed over the one before, and the old directory removed. */
    SWAPPED_LIKE_A_CONFIG_MAP {
        @Override
        void make(Path file, String document) throws IOException {
            Path directory = file.resolveSibling("");
            Path data = directory.resolve("..data");
            Path before = Files.exists(data) ? data.toRealPath() : null;
            Path version = Files.createDirectory(directory.resolve(".." + UUID.randomUUID()));
            Files.writeString(version.resolve(file.getFileName()), document);
            Path link = Files.createSymbolicLink(directory.resolve("..data_tmp"), version.getFileName());
            Files.move(link, data, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            if (Files.notExists(file)) {
                Files.createSymbolicLink(file, Path.of("..data").resolve(file.getFileName()));
            }
            if (before != null) {
                Files.delete(before.resolve(file.getFileName()));
                Files.delete(before);
            }
        }
    },

    LINKED_TO_ANOTHER_FILE {
        @Override
        void make(Path file, String document) throws IOException {
            Path target = Files.createDirectory(sibling(file)).resolve("target.json");
            Files.writeString(target, document);
            Path link = Files.createSymbolicLink(sibling(file), target);
            Files.move(link, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
    },

    DELETED_AND_CREATED {
        @Override
        void make(Path file, String document) throws IOException {
            Files.deleteIfExists(file);
            Files.writeString(file, document);
        }
    };

    private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2001-01-01T00:00:00Z"));

    /** Makes the file say this, whether it is there or not. */
    abstract void make(Path file, String document) throws IOException;

    private static Path sibling(Path file) {
        return file.resolveSibling(UUID.randomUUID().toString());
    }
}
