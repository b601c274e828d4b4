package dev.agentflags.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentflags.openfeature.Eventually;
import dev.agentflags.source.RecordingListener;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A file source that is closed while the system does not answer a read. */
@Timeout(60)
class FileSourceCloseTest {

    private final RecordingListener listener = new RecordingListener();
    private final CountDownLatch reading = new CountDownLatch(1);
    private final CountDownLatch answer = new CountDownLatch(1);

    private FileSource source(FileSource.Reading read) {
        return new FileSource("stuck", Path.of("flags.json"), Duration.ofHours(1), Watch::blind, read);
    }

    private static boolean runs() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("stuck-file"));
    }

    private void closeInTime(FileSource source) throws InterruptedException {
        source.start(listener);
        reading.await();
        long start = System.nanoTime();
        source.close();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void interrupts_the_read() throws InterruptedException {
        closeInTime(source(file -> {
            reading.countDown();
            try {
                answer.await();
            } catch (InterruptedException e) {
                throw (InterruptedIOException) new InterruptedIOException().initCause(e);
            }
            return Contents.of("{}");
        }));

        assertThat(runs()).isFalse();
        assertThat(listener.calls()).isZero();
    }

    @Test
    void does_not_wait_for_a_read_that_cannot_be_interrupted_and_drops_what_it_comes_to() throws InterruptedException {
        closeInTime(source(file -> {
            reading.countDown();
            awaitAnswer();
            return Contents.of("{}");
        }));
        assertThat(runs()).isTrue();
        answer.countDown();
        Eventually.until(() -> !runs());

        assertThat(listener.calls()).isZero();
    }

    private void awaitAnswer() {
        while (answer.getCount() > 0) {
            try {
                answer.await();
            } catch (InterruptedException e) {
                // as a network file system would
            }
        }
    }
}
