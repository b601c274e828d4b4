package dev.agentflags.cli;

import dev.agentflags.admin.FlagAdmin;
import java.nio.file.Path;

/** Opens the flags in a file. */
interface Admins {

    /**
     * Opens a file, which is not read yet.
     *
     * @param actor who is written into the audit trail
     */
    FlagAdmin open(Path file, String actor);
}
