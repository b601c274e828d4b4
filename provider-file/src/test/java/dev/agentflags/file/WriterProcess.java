package dev.agentflags.file;

import dev.agentflags.admin.AdminException;
import dev.agentflags.admin.FlagAdmin;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Another Java process that changes a document, and can be killed. */
final class WriterProcess implements AutoCloseable {

    private final Process process;
    private final BufferedReader output;

    private WriterProcess(Process process) {
        this.process = process;
        this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /**
     * What such a process does.
     *
     * @param arguments the document, the actor, and either {@code once}: kill flags {@code <actor>-k<n>} and advance flags
     *     {@code <actor>-a<n>} to the last stage, or {@code forever}: kill the flag {@code f} and revive it
     */
    public static void main(String[] arguments) throws Exception {
        FlagAdmin admin = FileFlags.admin(Path.of(arguments[0]), arguments[1]);
        var unused = admin.document(); // so that much is loaded
        System.in.read();
        if (arguments[2].equals("once")) {
            once(Path.of(arguments[0]), arguments[1]);
        } else {
            forever(admin);
        }
    }

    /** Two threads, because the system's locks are a process's, and easily lost by one of its threads for all of them. */
    private static void once(Path document, String actor) throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        Future<?> kills = threads.submit(() -> {
            for (int i = 0; i < 25; i++) {
                FileFlags.admin(document, actor).kill(actor + "-k" + i, "kill " + i);
            }
            return null;
        });
        Future<?> advances = threads.submit(() -> {
            for (int i = 0; i < 25; i++) {
                FileFlags.admin(document, actor).advance(actor + "-a" + i / 5, "advance " + i);
            }
            return null;
        });
        try {
            kills.get();
            advances.get();
        } finally {
            threads.shutdownNow();
        }
    }

    private static void forever(FlagAdmin admin) throws AdminException {
        while (true) {
            admin.kill("f", "on");
            admin.revive("f", "and off");
            System.out.println("going");
        }
    }

    static WriterProcess start(Path document, String actor, String what) throws IOException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                WriterProcess.class.getName(),
                document.toString(),
                actor,
                what);
        return new WriterProcess(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** Lets it begin. */
    void go() throws IOException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
    }

    /** Waits until it has changed the document this many times, killing and reviving. */
    void awaitRounds(int rounds) throws IOException {
        for (int i = 0; i < rounds; i++) {
            if (output.readLine() == null) {
                throw new AssertionError("the writer ended by itself");
            }
        }
    }

    int awaitEnd() throws InterruptedException {
        return process.waitFor();
    }

    /** Ends it at once, as {@code kill -9} does. */
    @Override
    public void close() {
        try {
            process.destroyForcibly().waitFor();
            output.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
