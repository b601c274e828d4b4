package dev.agentflags.document;

import static dev.agentflags.document.Documents.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

class RecentDocumentTest {

    private static final String ONE = json("{'a': {'status': 'on'}}");
    private static final String OTHER = json("{'b': {'status': 'on'}}");

    private final RecentDocument reader = new RecentDocument();

    @Test
    void reads_the_same_text_once() throws DocumentException {
        ParsedDocument document = reader.read(ONE);
        assertThat(reader.read(new String(ONE.toCharArray()))).isSameAs(document);
        assertThat(reader.read(("\uFEFF" + ONE).getBytes(UTF_8))).isSameAs(document);
    }

    @Test
    void reads_another_text() throws DocumentException {
        reader.read(ONE);
        assertThat(reader.read(OTHER)).isEqualTo(DocumentReader.read(OTHER));
        assertThat(reader.read(ONE)).isEqualTo(DocumentReader.read(ONE));
    }

    @Test
    void refuses_what_is_refused_every_time() throws DocumentException {
        reader.read(ONE);
        for (int i = 0; i < 2; i++) {
            assertThatExceptionOfType(DocumentException.class).isThrownBy(() -> reader.read("["));
        }
        assertThat(reader.read(ONE)).isEqualTo(DocumentReader.read(ONE));
    }
}
