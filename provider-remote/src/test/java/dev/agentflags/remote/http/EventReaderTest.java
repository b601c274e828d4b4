package dev.agentflags.remote.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventReaderTest {

    /** Writes down what is read. */
    private static final class Recording implements EventReader.Sink {

        private final List<String> read = new ArrayList<>();

        @Override
        public void event(String type, String data) {
            read.add(type + "=" + data);
        }

        @Override
        public void comment() {
            read.add(":");
        }

        @Override
        public void retry(Duration delay) {
            read.add("retry " + delay.toMillis());
        }
    }

    private static List<String> read(String text) throws IOException {
        return read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> read(byte[] bytes) throws IOException {
        var recording = new Recording();
        new EventReader(recording).read(bytes, bytes.length);
        return recording.read;
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\r\n"})
    void takes_every_line_break(String lineBreak) throws IOException {
        String text = ": hb\n\nevent: news\ndata: one\ndata:two\ndata:  three\nid: 7\n\ndata: last\n\n";

        assertThat(read(text.replace("\n", lineBreak))).containsExactly(":", "news=one\ntwo\n three", "message=last");
    }

    @Test
    void passes_over_a_byte_order_mark_at_the_start_only() throws IOException {
        assertThat(read("\uFEFFdata: a\n\n\uFEFFdata: b\n\n")).containsExactly("message=a");
    }

    @Test
    void passes_over_what_it_does_not_know() throws IOException {
        assertThat(read("x: y\nfoo\ndata: a\nretry: soon\n\n")).containsExactly("message=a");
    }

    @Test
    void has_no_event_without_data() throws IOException {
        assertThat(read("event: a\n\ndata\n\n\n\n")).containsExactly("message=");
    }

    @Test
    void has_no_event_without_its_end() throws IOException {
        assertThat(read("data: a\n")).isEmpty();
    }

    @Test
    void reads_how_long_to_wait() throws IOException {
        assertThat(read("retry: 1000\nretry: 0\nretry: 99999999999999999999\nretry: -1\nretry:\n"))
                .containsExactly("retry 1000", "retry 0", "retry 999999999");
    }

    @Test
    void takes_a_line_of_the_greatest_length_and_no_longer_one() throws IOException {
        String longest = "data: " + "x".repeat(EventReader.MAX_LINE - 6);

        assertThat(read(longest + "\n\n")).hasSize(1);
        assertThatThrownBy(() -> read(longest + "x"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("longer than 8192");
    }

    @Test
    void takes_no_event_that_is_too_long() {
        String line = "data: " + "x".repeat(8000) + "\n";

        assertThatThrownBy(() -> read(line.repeat(9)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("longer than 65536");
    }

    @Test
    void reads_the_same_whatever_the_pieces_are() throws IOException {
        var random = new SplittableRandom(20_261_123);
        for (int i = 0; i < 3_000; i++) {
            byte[] bytes = text(random);
            assertThat(inPieces(bytes, random)).isEqualTo(inPieces(bytes, null));
        }
    }

    /** Returns something that may be events: fields, breaks of all kinds, and bytes that are not UTF-8. */
    private static byte[] text(SplittableRandom random) {
        String[] words = {
            "data: ",
            "data",
            "event: ",
            "id: ",
            "retry: 5",
            ": hb",
            ":",
            "\n",
            "\n\n",
            "\r",
            "\r\n",
            "\r\n\r\n",
            "ä",
            "\uFEFF",
            "😀",
            "{\"type\":",
            " ",
            "\0",
            "x".repeat(900)
        };
        var text = new StringBuilder();
        int length = random.nextInt(40);
        for (int i = 0; i < length; i++) {
            text.append(words[random.nextInt(words.length)]);
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 0 && random.nextInt(4) == 0) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    /** Reads at once where there is no random; the end is what was read so far, and the error. */
    private static List<String> inPieces(byte[] bytes, @Nullable SplittableRandom random) {
        var recording = new Recording();
        var reader = new EventReader(recording);
        int from = 0;
        try {
            while (from < bytes.length) {
                int length = random == null ? bytes.length : Math.min(1 + random.nextInt(7), bytes.length - from);
                byte[] piece = Arrays.copyOfRange(bytes, from, from + length);
                reader.read(piece, length);
                from += length;
            }
        } catch (IOException e) {
            recording.read.add("error " + e.getMessage());
        }
        return recording.read;
    }
}
