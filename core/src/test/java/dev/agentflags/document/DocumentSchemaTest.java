package dev.agentflags.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.NonValidationKeyword;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The schema that editors use says what the reader says, warnings aside. */
class DocumentSchemaTest {

    private static final String NAMES = "a schema cannot say that one value names another";
    private static final String CYCLE = "a schema cannot follow references";
    private static final String BITS = "a schema cannot tell a whole number from a decimal that is written as 1e30";
    private static final String CALENDAR = "a regular expression does not know how long a month is";
    private static final String TEXT = "no matter of JSON values, but of the text that they are written in";

    /** Bad documents that the schema does not find anything wrong with. */
    private static final Map<String, String> DIFFERENCES = Map.ofEntries(
            Map.entry("on-variant-unknown-among-variants", NAMES),
            Map.entry("off-variant-unknown-among-variants", NAMES),
            Map.entry("split-unknown-among-variants", NAMES),
            Map.entry("rule-serves-an-unknown-one-among-variants", NAMES),
            Map.entry("segment-reference-unknown", NAMES),
            Map.entry("segment-refers-to-an-unknown-one", NAMES),
            Map.entry("requires-an-unknown-flag", NAMES),
            Map.entry("requires-itself", CYCLE),
            Map.entry("requires-in-a-cycle", CYCLE),
            Map.entry("segments-in-a-cycle", CYCLE),
            Map.entry("segment-of-itself", CYCLE),
            Map.entry("rule-ids-the-same", "a schema cannot compare one field of many objects"),
            Map.entry("guard-metric-twice", "as for the ids of rules"),
            Map.entry("rollout-stages-not-rising", "a schema cannot compare one number with the next"),
            Map.entry("rollout-stages-equal", "as for those that do not rise; uniqueItems would say half of it"),
            Map.entry("variants-number-beyond-64-bits", BITS),
            Map.entry("variants-number-beyond-64-bits-deep-inside", BITS),
            Map.entry("op-in-number-beyond-64-bits", BITS),
            Map.entry("expires-february-30", CALENDAR),
            Map.entry("kill-switch-at-february-30", CALENDAR),
            Map.entry("name-twice", TEXT),
            Map.entry("number-beyond-a-double", TEXT),
            Map.entry("surrogate-alone", TEXT),
            Map.entry("depth-65", TEXT),
            Map.entry("name-of-257-characters", TEXT));

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final JsonSchema SCHEMA = schema();

    private static JsonSchema schema() {
        JsonMetaSchema withOurKeyword = JsonMetaSchema.builder(JsonMetaSchema.getV202012())
                .keyword(new NonValidationKeyword("deprecationMessage"))
                .build();
        return JsonSchemaFactory.getInstance(VersionFlag.V202012, factory -> factory.metaSchema(withOurKeyword))
                .getSchema(text());
    }

    private static String text() {
        try (InputStream in = Objects.requireNonNull(
                DocumentReader.class.getClassLoader().getResourceAsStream("dev/agentflags/flags.schema.json"))) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean schemaAccepts(Path document) throws IOException {
        return SCHEMA.validate(MAPPER.readTree(Files.readString(document))).isEmpty();
    }

    private static boolean readerAccepts(Path document) throws IOException {
        try {
            return DocumentReader.read(Files.readAllBytes(document)).problems().stream()
                    .noneMatch(problem -> problem.severity() == Problem.Severity.ERROR);
        } catch (DocumentException e) {
            return false;
        }
    }

    private static List<Path> files(String kind) throws IOException, URISyntaxException {
        Path folder = Path.of(Objects.requireNonNull(DocumentSchemaTest.class.getResource("corpus/" + kind))
                .toURI());
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private static String name(Path file) {
        return file.getFileName().toString().replace(".json", "");
    }

    static List<Path> good() throws IOException, URISyntaxException {
        return files("good");
    }

    static List<Path> bad() throws IOException, URISyntaxException {
        return files("bad");
    }

    @ParameterizedTest
    @MethodSource("good")
    void accepts_good_documents_as_the_reader_does(Path document) throws IOException {
        assertThat(readerAccepts(document)).as("reader").isTrue();
        assertThat(schemaAccepts(document)).as("schema").isTrue();
    }

    @ParameterizedTest
    @MethodSource("bad")
    void refuses_bad_documents_as_the_reader_does_or_has_a_reason(Path document) throws IOException {
        assertThat(readerAccepts(document)).as("reader").isFalse();
        assertThat(schemaAccepts(document)).as("schema").isEqualTo(DIFFERENCES.containsKey(name(document)));
    }

    @Test
    void has_a_corpus_that_is_large_enough_and_has_every_difference() throws IOException, URISyntaxException {
        assertThat(good()).hasSizeGreaterThanOrEqualTo(40);
        assertThat(bad()).hasSizeGreaterThanOrEqualTo(120);
        assertThat(bad().stream().map(DocumentSchemaTest::name)).containsAll(new TreeSet<>(DIFFERENCES.keySet()));
    }

    @Test
    void is_a_sound_schema_itself() throws JsonProcessingException {
        JsonSchema meta = JsonSchemaFactory.getInstance(VersionFlag.V202012)
                .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
        assertThat(meta.validate(MAPPER.readTree(text()))).isEmpty();
    }
}
