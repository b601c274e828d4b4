package dev.agentflags.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BucketTest {

    private static final JsonNode CONTRACT = read("/vectors/bucketing-sha256-v1.json");

    @Test
    void gives_every_vector_of_the_contract_its_hash() {
        for (JsonNode vector : CONTRACT.get("vectors")) {
            long hash = Bucket.hash(
                    vector.get("flag").textValue(), vector.get("user").textValue());
            assertThat(hash).as("%s", vector).isEqualTo(vector.get("bucket").longValue());
            assertThat(Bucket.percent(hash))
                    .as("%s", vector)
                    .isEqualTo(vector.get("percent").doubleValue());
        }
        assertThat(CONTRACT.get("vectors")).hasSize(400);
    }

    @Test
    void lets_every_vector_of_the_contract_in_from_its_percentage_on() {
        for (JsonNode vector : CONTRACT.get("vectors")) {
            List<Double> in = new ArrayList<>();
            for (JsonNode percentage : CONTRACT.get("percentages")) {
                if (vector.get("bucket").longValue() < Bucket.threshold(percentage.doubleValue())) {
                    in.add(percentage.doubleValue());
                }
            }
            assertThat(in)
                    .as("%s", vector)
                    .first()
                    .isEqualTo(vector.get("in_from").doubleValue());
        }
    }

    @Test
    void draws_treatments_as_worked_out_elsewhere() {
        for (JsonNode vector : read("/vectors/split-sha256-v1.json").get("vectors")) {
            Evaluator evaluator = Given.flags(
                    """
                    {'f': {'status': 'on', 'seed': '%s', 'split': %s, 'off_variant': null, 'variants': %s}}""".formatted(vector.get("seed").textValue(), vector.get("weights"), named(vector.get("weights"))));
            assertThat(evaluator.resolve("f", Given.user(vector.get("subject").textValue())))
                    .as("%s", vector)
                    .isInstanceOfSatisfying(
                            Resolution.Served.class,
                            served -> assertThat(served.variant())
                                    .isEqualTo(vector.get("variant").textValue()));
        }
    }

    private static String named(JsonNode weights) {
        List<String> variants = new ArrayList<>();
        weights.fieldNames().forEachRemaining(name -> variants.add("'%s': '%s'".formatted(name, name)));
        return "{" + String.join(", ", variants) + "}";
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1e-9, 0.001, 0.1, 1, 5, 12.5, 25, 33.3333, 50, 75, 99.999, 99.9999999, 100})
    void has_a_threshold_that_says_what_the_formula_says(double percentage) {
        long threshold = Bucket.threshold(percentage);
        for (long hash = Math.max(0, threshold - 1_000); hash < Math.min(1L << 32, threshold + 1_000); hash++) {
            boolean in = percentage == 100 || (double) hash / 0xFFFFFFFFL * 100 < percentage;
            assertThat(hash < threshold).as("%s in %s", hash, percentage).isEqualTo(in);
        }
    }

    @Test
    void takes_everyone_at_100_percent_and_nobody_at_0() {
        assertThat(Bucket.threshold(100)).isEqualTo(1L << 32);
        assertThat(Bucket.threshold(0)).isZero();
    }

    @Test
    void encodes_any_string_as_the_platform_does() {
        var random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            String text = text(random);
            byte[] into = new byte[text.length() * 3];
            int end = Utf8.encode(text, into, 0);
            assertThat(new String(into, 0, end, StandardCharsets.ISO_8859_1))
                    .isEqualTo(new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
        }
    }

    @Test
    void hashes_subjects_of_any_length() {
        for (int length : new int[] {0, 1, 63, 64, 255, 256, 4_000, 4_096, 100_000, 1}) {
            String subject = "é".repeat(length);
            assertThat(Bucket.hash("seed", subject)).isEqualTo(reference("seed:" + subject));
        }
    }

    private static long reference(String text) {
        try {
            byte[] digest =
                    java.security.MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return java.nio.ByteBuffer.wrap(digest).getInt() & 0xFFFFFFFFL;
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    /** One to eight chars, surrogates alone and in pairs among them. */
    private static String text(Random random) {
        var text = new StringBuilder();
        for (int i = random.nextInt(8); i >= 0; i--) {
            switch (random.nextInt(4)) {
                case 0 -> text.append((char) random.nextInt(0x80));
                case 1 -> text.append((char) random.nextInt(0x10000));
                case 2 -> text.append((char) (0xD800 + random.nextInt(0x800)));
                default -> text.appendCodePoint(0x10000 + random.nextInt(0x100000));
            }
        }
        return text.toString();
    }

    private static JsonNode read(String resource) {
        try (var in = Objects.requireNonNull(BucketTest.class.getResourceAsStream(resource))) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
