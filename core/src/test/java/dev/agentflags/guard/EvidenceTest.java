package dev.agentflags.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.agentflags.model.FlagValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EvidenceTest {

    private static final Bets BINARY = new BinaryBets(StartRate.UNKNOWN, Margin.NONE);
    private static final StartShares SHARES = new StartShares(Collections.nCopies(14, 1.0 / 14), 100);

    @Nested
    class Blocks {

        @Test
        void are_what_is_new() {
            Evidence evidence =
                    Evidence.start(BINARY).after(1, Counts.binary(10, 1, 90, 5)).after(1, Counts.binary(15, 3, 180, 9));

            assertThat(evidence.process().logWealths())
                    .isEqualTo(EProcess.start(BINARY)
                            .after(Counts.binary(10, 1, 90, 5))
                            .after(Counts.binary(5, 2, 90, 4))
                            .logWealths());
            assertThat(evidence.counted()).isEqualTo(Counts.binary(15, 3, 180, 9));
        }

        @Test
        void stay_open_until_both_arms_have_something_new() {
            Evidence before = Evidence.start(BINARY).after(1, Counts.binary(10, 1, 90, 5));

            assertThat(before.after(1, Counts.binary(10, 1, 200, 5))).isSameAs(before);
            assertThat(before.isDue(1, Counts.binary(10, 1, 200, 5), 0)).isFalse();
            assertThat(before.after(1, Counts.binary(11, 1, 200, 5)).process().seen())
                    .isEqualTo(211);
            assertThat(before.isDue(1, Counts.binary(11, 1, 200, 5), 0)).isTrue();
        }

        @Test
        void wait_for_counts_that_were_lost_to_come_back() {
            Evidence before = Evidence.start(BINARY).after(1, Counts.binary(10, 1, 90, 5));

            assertThat(before.after(1, Counts.binary(500, 0, 90, 4))).isSameAs(before);
            assertThat(before.isDue(1, Counts.binary(500, 0, 90, 4), 0)).isFalse();
        }

        @Test
        void never_mix_stages() {
            Evidence evidence =
                    Evidence.start(BINARY).after(1, Counts.binary(10, 1, 90, 5)).after(2, Counts.binary(30, 2, 30, 2));
            Evidence straggler = evidence.after(1, Counts.binary(11, 2, 92, 5));

            assertThat(straggler.counted()).isEqualTo(Counts.binary(41, 4, 122, 7));
            assertThat(straggler.after(2, Counts.binary(31, 2, 31, 2)).counted())
                    .isEqualTo(Counts.binary(42, 4, 123, 7));
        }

        @Test
        void of_a_stage_long_past_are_left_out() {
            Evidence evidence = Evidence.start(BINARY);
            for (int stage = 1; stage <= 4; stage++) {
                evidence = evidence.after(stage, Counts.binary(10, 1, 90, 5));
            }

            assertThat(evidence.after(1, Counts.binary(20, 1, 190, 5))).isSameAs(evidence);
            assertThat(evidence.isDue(1, Counts.binary(20, 1, 190, 5), 0)).isFalse();
            assertThat(evidence.after(2, Counts.binary(20, 1, 190, 5))).isNotSameAs(evidence);
        }
    }

    @Nested
    class WrittenDown {

        static Stream<Bets> all() {
            return Stream.of(
                    BINARY,
                    new BinaryBets(new StartRate(0.02, 100), Margin.ofRatio(1.25)),
                    new BinaryMarginBets(StartRate.UNKNOWN, Margin.ofPoints(0.04)),
                    new OrderedBets(SHARES),
                    new OrderedBets(StartShares.even(5)),
                    new OrderedMarginBets(SHARES),
                    new UserBets(StartRate.UNKNOWN),
                    new UserMarginBets(StartRate.UNKNOWN, 0.05),
                    new UserToleranceBets(StartRate.UNKNOWN, Margin.ofRatio(1.25)));
        }

        @ParameterizedTest
        @MethodSource("all")
        void is_the_same_to_the_last_bit(Bets bets) {
            Evidence whole = Evidence.start(bets);
            Evidence interrupted = Evidence.start(bets);
            Counts totals = Counts.none(bets.categories());
            var random = new Random(5);
            for (int block = 0; block < 60; block++) {
                totals = totals.plus(random(bets.categories(), 40, random));
                whole = whole.after(1 + block / 15, totals);
                interrupted = EvidenceValues.read(EvidenceValues.write(interrupted.state()))
                        .evidence()
                        .after(1 + block / 15, totals);
                assertThat(interrupted.state()).isEqualTo(whole.state());
                assertThat(interrupted.process().bets()).isEqualTo(bets);
                assertThat(Double.doubleToLongBits(interrupted.process().eValue()))
                        .isEqualTo(Double.doubleToLongBits(whole.process().eValue()));
            }
        }

        @ParameterizedTest
        @MethodSource("all")
        void takes_no_more_than_4_KiB_after_a_million_outcomes(Bets bets) throws JsonProcessingException {
            String json = new ObjectMapper()
                    .writeValueAsString(
                            plain(EvidenceValues.write(afterAMillion(bets).state())));

            assertThat(json.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(4_096);
        }

        private static Evidence afterAMillion(Bets bets) {
            Evidence evidence = Evidence.start(bets);
            var random = new Random(6);
            for (int stage = 1; stage <= 4; stage++) {
                Counts totals = Counts.none(bets.categories());
                for (int block = 0; block < 25; block++) {
                    totals = totals.plus(random(bets.categories(), 10_000, random));
                    evidence = evidence.after(stage, totals);
                }
            }
            return evidence;
        }

        /** What a thousand copies keep alive, beside what they share. */
        @ParameterizedTest
        @MethodSource("all")
        void takes_no_more_than_4_KiB_of_memory(Bets bets) {
            var json = EvidenceValues.write(afterAMillion(bets).state());
            var copies = new Evidence[1_000];
            long before = heapInUse();
            for (int i = 0; i < copies.length; i++) {
                copies[i] = EvidenceValues.read(json).evidence();
            }
            long bytes = (heapInUse() - before) / copies.length;

            assertThat(copies[999].counted().units()).isEqualTo(1_000_000);
            assertThat(bytes).as("bytes of %s", bets.kind()).isBetween(300L, 4_096L);
        }

        private static long heapInUse() {
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            return runtime.totalMemory() - runtime.freeMemory();
        }

        @Test
        void is_refused_where_it_is_of_another_version_or_kind() {
            Map<String, FlagValue> fields = new LinkedHashMap<>(((FlagValue.Structure)
                            EvidenceValues.write(Evidence.start(BINARY).state()))
                    .fields());

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> read(fields, "version", new FlagValue.Whole(2)))
                    .withMessage("expected evidence of version 1, found 2");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> read(fields, "bets", new FlagValue.Text("binary-14")))
                    .withMessageContaining("binary-14");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> read(fields, "bets", new FlagValue.Text("binary-margin-4")));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> read(fields, "log_wealths", new FlagValue.Null()))
                    .withMessageContaining("log_wealths: expected an array");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> read(fields, "log_wealths", new FlagValue.Sequence(List.of())));
            assertThatIllegalArgumentException().isThrownBy(() -> read(fields, "cash", new FlagValue.Decimal(0.9)));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> read(fields, "parameters", new FlagValue.Sequence(List.of())));
        }

        private static Evidence read(Map<String, FlagValue> fields, String changed, FlagValue to) {
            var other = new LinkedHashMap<>(fields);
            other.put(changed, to);
            return EvidenceValues.read(new FlagValue.Structure(other)).evidence();
        }

        private static Counts random(int categories, int outcomes, Random random) {
            long[] treatment = new long[categories];
            long[] control = new long[categories];
            for (int i = 0; i < outcomes; i++) {
                double place = random.nextDouble() * random.nextDouble();
                (i % 4 == 0 ? treatment : control)[(int) (place * categories)]++;
            }
            return Counts.of(treatment, control);
        }

        private static Object plain(FlagValue value) {
            if (value instanceof FlagValue.Structure structure) {
                Map<String, Object> fields = new LinkedHashMap<>();
                structure.fields().forEach((name, field) -> fields.put(name, plain(field)));
                return fields;
            }
            if (value instanceof FlagValue.Sequence sequence) {
                List<Object> items = new ArrayList<>();
                sequence.items().forEach(item -> items.add(plain(item)));
                return items;
            }
            if (value instanceof FlagValue.Text text) {
                return text.value();
            }
            return value instanceof FlagValue.Whole whole ? whole.value() : ((FlagValue.Decimal) value).value();
        }
    }
}
