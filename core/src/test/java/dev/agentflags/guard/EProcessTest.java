package dev.agentflags.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EProcessTest {

    /** The script's normal quantiles are exact, ours have nine digits. */
    private static final Offset<Double> ORDERED = within(1e-5);

    private static final Offset<Double> EXACT = within(1e-8);

    private static final EProcess START = EProcess.start(new BinaryBets(StartRate.UNKNOWN, Margin.NONE));

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    void wins_and_loses_what_was_worked_out_elsewhere(String name, JsonNode vector) {
        String kind = vector.get("bets").textValue();
        EProcess process = EProcess.start(Bets.of(kind, doubles(vector.get("parameters"))));
        int blocks = 0;
        for (JsonNode expected : vector.get("expected")) {
            while (blocks < expected.get("after").intValue()) {
                JsonNode block = vector.get("blocks").get(blocks++);
                process = process.after(Counts.of(longs(block.get(0)), longs(block.get(1))));
            }
            Offset<Double> precision = kind.startsWith("ordered") ? ORDERED : EXACT;
            assertThat(process.cash()).isEqualTo(expected.get("cash").doubleValue(), EXACT);
            assertThat(process.logEValue()).isEqualTo(expected.get("log_e").doubleValue(), precision);
            List<Double> logWealths = doubles(expected.get("log_wealths"));
            assertThat(process.logWealths()).hasSameSizeAs(logWealths);
            for (int g = 0; g < logWealths.size(); g++) {
                assertThat(process.logWealths().get(g)).as("strategy %s", g).isEqualTo(logWealths.get(g), precision);
            }
        }
        assertThat(blocks).isEqualTo(vector.get("blocks").size());
    }

    static Stream<Arguments> vectors() throws IOException {
        try (var in =
                Objects.requireNonNull(EProcessTest.class.getResourceAsStream("/vectors/guard-evidence-v1.json"))) {
            JsonNode cases = new ObjectMapper().readTree(in).get("cases");
            return StreamSupport.stream(cases.spliterator(), false)
                    .map(vector -> Arguments.of(vector.get("name").textValue(), vector));
        }
    }

    private static List<Double> doubles(JsonNode array) {
        List<Double> doubles = new ArrayList<>();
        array.forEach(item -> doubles.add(item.doubleValue()));
        return doubles;
    }

    private static long[] longs(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToLong(JsonNode::longValue)
                .toArray();
    }

    @Test
    void begins_with_evidence_of_1() {
        assertThat(START.eValue()).isEqualTo(1, within(1e-12));
        assertThat(START.mostLikelyEffect()).isEqualTo(new Effect.None());
    }

    @Test
    void passes_the_limit_after_three_failures_where_nothing_else_fails() {
        EProcess process = START;
        for (int i = 0; i < 3; i++) {
            process = process.after(Counts.binary(1, 1, 19, 0));
        }
        assertThat(process.eValue()).isGreaterThan(100);
        assertThat(process.mostLikelyEffect()).isInstanceOfSatisfying(Effect.Rates.class, rates -> {
            assertThat(rates.treatment()).isGreaterThan(0.5);
            assertThat(rates.control()).isLessThan(0.01);
        });
    }

    @Test
    void finds_nothing_in_a_failure_of_both_arms() {
        EProcess process = START;
        for (int i = 0; i < 50; i++) {
            process = process.after(Counts.binary(5, 0, 95, 5));
        }
        for (int i = 0; i < 50; i++) {
            process = process.after(Counts.binary(5, 4, 95, 76));
        }
        assertThat(process.eValue()).isLessThan(2);
    }

    @Test
    void stays_finite_after_a_billion_outcomes() {
        EProcess bad = START.after(Counts.binary(500_000_000, 500_000_000, 500_000_000, 0));
        EProcess good = START.after(Counts.binary(500_000_000, 0, 500_000_000, 500_000_000));

        assertThat(bad.logEValue()).isFinite().isGreaterThan(1e8);
        assertThat(bad.eValue()).isInfinite();
        assertThat(good.logEValue()).isFinite();
        assertThat(good.after(Counts.binary(8, 8, 8, 0)).logEValue()).isFinite();
    }

    @Test
    void never_invests_more_than_it_kept() {
        EProcess process = START;
        for (long n = 100; n < 1L << 40; n *= 2) {
            process = process.after(Counts.binary(n, n / 20, n, n / 20));
            assertThat(process.cash()).isBetween(0.0, Bets.RESERVE);
        }
        assertThat(process.cash()).isZero();
    }

    @Test
    void starts_again_with_what_it_knows_of_the_control() {
        EProcess old = EProcess.start(new BinaryMarginBets(StartRate.UNKNOWN, Margin.ofPoints(0.1)))
                .after(Counts.binary(1_000, 20, 1_000, 20));
        EProcess fresh = EProcess.start(new BinaryMarginBets(StartRate.UNKNOWN, Margin.ofPoints(0.04)), old);

        assertThat(fresh.eValue()).isEqualTo(1, within(1e-12));
        assertThat(fresh.memory().toList()).isEqualTo(old.memory().toList());
        assertThat(EProcess.start(new UserBets(StartRate.UNKNOWN), old).memory().total())
                .isZero();
    }

    @Test
    void refuses_a_block_that_cannot_be_compared() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> START.after(Counts.binary(0, 0, 8, 1)))
                .withMessageContaining("both arms");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> START.after(Counts.of(new long[] {1, 1, 1}, new long[] {1, 1, 1})))
                .withMessage("expected 2 categories, found 3");
    }
}
