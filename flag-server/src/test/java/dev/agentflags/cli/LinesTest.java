package dev.agentflags.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinesTest {

    /** Gives a few bytes at a time, as a pipe may. */
    private static InputStream trickle(byte[] bytes, int most) {
        return new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] buffer, int offset, int length) {
                return super.read(buffer, offset, Math.min(length, most));
            }
        };
    }

    @Test
    void are_the_same_however_they_arrive() throws IOException {
        List<String> expected = List.of("a", "", "ä€😀", "x".repeat(200_000), "end");
        byte[] bytes = String.join("\n", expected).getBytes(StandardCharsets.UTF_8);
        for (int most : new int[] {1, 7, 65_536, Integer.MAX_VALUE}) {
            var lines = new Lines(trickle(bytes, most));
            List<String> read = new ArrayList<>();
            for (String line = lines.next(); line != null; line = lines.next()) {
                read.add(line);
            }
            assertThat(read).isEqualTo(expected);
            assertThat(lines.number()).isEqualTo(5);
            assertThat(lines.bytes()).isEqualTo(bytes.length);
        }
    }

    @Test
    void may_contain_the_replacement_character() throws IOException {
        assertThat(new Lines(trickle("a\uFFFD".getBytes(StandardCharsets.UTF_8), 9)).next())
                .isEqualTo("a\uFFFD");
    }

    @Test
    void are_bounded() {
        byte[] bytes = new byte[Lines.MAX_LINE_BYTES + 1];
        Arrays.fill(bytes, (byte) 'x');
        var lines = new Lines(new ByteArrayInputStream(bytes));

        assertThatThrownBy(lines::next).isInstanceOf(IOException.class).hasMessageContaining("1048576");
    }
}
