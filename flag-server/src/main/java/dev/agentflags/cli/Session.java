package dev.agentflags.cli;

import dev.agentflags.admin.AuditCheck;
import dev.agentflags.file.FileFlags;
import dev.agentflags.file.FileGuardStore;
import dev.agentflags.file.FileStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a command works with besides its arguments.
 *
 * @param in standard input
 * @param out standard output, in UTF-8
 * @param err standard error, in UTF-8
 * @param screen which of the two are a terminal
 * @param environment returns a variable's value, or null
 * @param clock what the time is
 * @param admins opens files of flags
 * @param servers opens servers of flags
 * @param stops is given what ends a command that does not end by itself
 */
record Session(
        InputStream in,
        PrintWriter out,
        PrintWriter err,
        Screen screen,
        UnaryOperator<@Nullable String> environment,
        Clock clock,
        Admins admins,
        Servers servers,
        Consumer<Runnable> stops) {

    /** Returns the session of this process. */
    static Session ofProcess() {
        return new Session(
                System.in,
                new PrintWriter(System.out, false, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                Screen.ofProcess(),
                System::getenv,
                Clock.systemUTC(),
                FileFlags::admin,
                Servers::remote,
                Session::onSignal);
    }

    /** To be asked to stop, and to have done so, is no failure. */
    private static void onSignal(Runnable stop) {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            stop.run();
                            Runtime.getRuntime().halt(Exit.DONE);
                        },
                        "agentflags-stop"));
    }

    /**
     * Looks whether the audit trail of a file is as it was written.
     *
     * @throws IOException if it cannot be read
     */
    AuditCheck checkAudit(Path file) throws IOException {
        return FileStore.of(file).checkAudit();
    }

    /** Has something done when the process is asked to stop. */
    void onStop(Runnable stop) {
        stops.accept(stop);
    }

    /**
     * Returns what whoever guards the flags in a file has written down, or null where nobody has.
     *
     * @throws IOException if it cannot be read
     */
    @Nullable
    String checkpoint(Path file) throws IOException {
        return FileGuardStore.read(file);
    }

    /** Returns a property as the providers know it, from the system properties or the environment; null where it is not set. */
    @Nullable
    String property(String name) {
        String value = System.getProperty(name);
        value = value == null
                ? environment.apply(name.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT))
                : value;
        return value == null || value.isBlank() ? null : value.strip();
    }
}
