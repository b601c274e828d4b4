package dev.agentflags.demo;

import dev.agentflags.admin.AdminException;
import dev.agentflags.admin.FlagAdmin;
import dev.agentflags.admin.Outcome;
import dev.agentflags.demo.Report.Turns;
import dev.agentflags.remote.RemoteFlags;
import dev.agentflags.server.FlagServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The story: a new prompt goes to 1 and to 25 % of users, and is killed. */
public final class Demo implements AutoCloseable {

    private static final int AGENTS = 3;
    private static final long WATCH_MILLIS = 3_000;
    private static final double MICROS_PER_MILLI = 1_000;

    private final Timeline timeline;
    private final Path directory;

    private Demo(Timeline timeline, Path directory) {
        this.timeline = timeline;
        this.directory = directory;
    }
}
