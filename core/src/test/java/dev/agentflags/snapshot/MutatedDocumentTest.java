package dev.agentflags.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever bytes come, they are put in force or refused. */
@Timeout(60)
class MutatedDocumentTest {

    private static final Pattern TOKEN = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|[-+.\\w]+|[\\[\\]{}:,]");
    private static final List<String> TOKENS = List.of(
            "null",
            "true",
            "0",
            "-1",
            "1e999",
            "1e-999999999",
            "9223372036854775808",
            "0.1",
            "\"\"",
            "\"on\"",
            "\"x-a\"",
            "\"f\"",
            "\"s\"",
            "\"status\"",
            "\"segment\"",
            "\"not\"",
            "\"all\"",
            "\"version\"",
            "\"flags\"",
            "\"\\ud800\"",
            "\"2026-02-30T00:00:00Z\"",
            "[]",
            "{}",
            "[",
            "]",
            "{",
            "}",
            ":",
            ",",
            "[".repeat(70),
            "\u0000",
            "\uFEFF");

    private RulesetInForce inForce = new RulesetInForce();
    private int accepted;
    private int refused;

    private static List<String> seeds() throws IOException, URISyntaxException {
        List<String> seeds = new ArrayList<>();
        Path folder = Path.of(
                Objects.requireNonNull(MutatedDocumentTest.class.getResource("/dev/agentflags/document/corpus/good"))
                        .toURI());
        try (Stream<Path> documents = Files.list(folder)) {
            for (Path document : documents.sorted().toList()) {
                seeds.add(Files.readString(document));
            }
        }
        return seeds;
    }

    @Test
    void are_accepted_or_refused_when_their_bytes_change() throws IOException, URISyntaxException {
        List<String> seeds = seeds();
        Random random = new Random(1);
        for (int round = 0; round < 5_000; round++) {
            byte[] bytes = seeds.get(random.nextInt(seeds.size())).getBytes(StandardCharsets.UTF_8);
            for (int i = random.nextInt(3); i >= 0; i--) {
                bytes = mutated(bytes, random);
            }
            accept(bytes);
        }
        assertBothHappen();
    }

    private static byte[] mutated(byte[] bytes, Random random) {
        int at = random.nextInt(bytes.length + 1);
        switch (random.nextInt(8)) {
            case 0 -> {
                return Arrays.copyOf(bytes, at);
            }
            case 1 -> {
                byte[] twice = Arrays.copyOf(bytes, 2 * bytes.length - at);
                System.arraycopy(bytes, at, twice, bytes.length, bytes.length - at);
                return twice;
            }
            case 2, 3, 4 -> {
                byte[] changed = bytes.clone();
                if (at < bytes.length) {
                    changed[at] = (byte) (random.nextInt(10) == 0 ? random.nextInt(256) : ' ' + random.nextInt(95));
                }
                return changed;
            }
            default -> {
                byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
                System.arraycopy(bytes, at, longer, at, bytes.length - at);
                longer[at] = (byte) (' ' + random.nextInt(95));
                return longer;
            }
        }
    }

    @Test
    void are_accepted_or_refused_when_their_tokens_change() throws IOException, URISyntaxException {
        List<List<String>> seeds =
                seeds().stream().map(MutatedDocumentTest::tokens).toList();
        Random random = new Random(2);
        for (int round = 0; round < 5_000; round++) {
            List<String> tokens = new ArrayList<>(seeds.get(random.nextInt(seeds.size())));
            for (int i = random.nextInt(3); i >= 0 && !tokens.isEmpty(); i--) {
                int at = random.nextInt(tokens.size());
                while (isStructure(tokens.get(at)) && random.nextInt(10) > 0) {
                    // a document whose structure changes is hardly ever JSON
                    at = random.nextInt(tokens.size());
                }
                String other = random.nextBoolean()
                        ? TOKENS.get(random.nextInt(TOKENS.size()))
                        : tokens.get(random.nextInt(tokens.size()));
                switch (random.nextInt(10)) {
                    case 0 -> tokens.remove(at);
                    case 1 -> tokens.add(at, other);
                    default -> tokens.set(at, other);
                }
            }
            accept(String.join("", tokens).getBytes(StandardCharsets.UTF_8));
        }
        assertBothHappen();
    }

    private static boolean isStructure(String token) {
        return "[]{}:,".contains(token);
    }

    private static List<String> tokens(String document) {
        return TOKEN.matcher(document).results().map(MatchResult::group).toList();
    }

    private void accept(byte[] bytes) {
        if ((accepted + refused) % 4 == 0) {
            // a high serial would refuse all that comes after it
            inForce = new RulesetInForce();
        }
        try {
            Change change = inForce.accept(bytes);
            assertThat(change.problems())
                    .allSatisfy(problem -> assertThat(problem.line()).isPositive());
            accepted++;
        } catch (RefusedException e) {
            refused++;
        } catch (RuntimeException | StackOverflowError e) {
            throw new AssertionError("failed on " + new String(bytes, StandardCharsets.UTF_8), e);
        }
    }

    private void assertBothHappen() {
        assertThat(accepted).isGreaterThan(200);
        assertThat(refused).isGreaterThan(200);
    }
}
