package dev.agentflags.guard;

import dev.agentflags.model.FlagValue;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** {@link EvidenceState} as a JSON value and back. Numbers keep every bit if they are written so that they read the same. */
public final class EvidenceValues {

    private static final String VERSION = "version";
    private static final String BETS = "bets";
    private static final String PARAMETERS = "parameters";
    private static final String LOG_WEALTHS = "log_wealths";
    private static final String CASH = "cash";
    private static final String MEMORY = "memory";
    private static final String SEEN = "seen";
    private static final String TAKEN = "taken";
    private static final String COUNTED = "counted";

    private EvidenceValues() {}

    /** Returns a state as an object. */
    public static FlagValue write(EvidenceState state) {
        Map<String, FlagValue> fields = new LinkedHashMap<>();
        fields.put(VERSION, new FlagValue.Whole(state.version()));
        fields.put(BETS, new FlagValue.Text(state.bets()));
        fields.put(PARAMETERS, decimals(state.parameters()));
        fields.put(LOG_WEALTHS, decimals(state.logWealths()));
        fields.put(CASH, new FlagValue.Decimal(state.cash()));
        fields.put(MEMORY, decimals(state.memory()));
        fields.put(SEEN, new FlagValue.Whole(state.seen()));
        Map<String, FlagValue> taken = new LinkedHashMap<>();
        state.taken().forEach((stage, counts) -> taken.put(stage.toString(), counts(counts)));
        fields.put(TAKEN, new FlagValue.Structure(taken));
        fields.put(COUNTED, counts(state.counted()));
        return new FlagValue.Structure(fields);
    }

    private static FlagValue decimals(List<Double> numbers) {
        return new FlagValue.Sequence(
                numbers.stream().<FlagValue>map(FlagValue.Decimal::new).toList());
    }

    /** The treatment's cells, then the control's. */
    private static FlagValue counts(Counts counts) {
        return new FlagValue.Sequence(List.of(wholes(counts, Arm.TREATMENT), wholes(counts, Arm.CONTROL)));
    }

    private static FlagValue wholes(Counts counts, Arm arm) {
        return new FlagValue.Sequence(Arrays.stream(counts.toArray(arm))
                .<FlagValue>mapToObj(FlagValue.Whole::new)
                .toList());
    }

    /**
     * Returns the state that an object is.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static EvidenceState read(FlagValue value) {
        Map<String, FlagValue> fields = fields("evidence", value);
        long version = whole(VERSION, fields.get(VERSION));
        if (version != EvidenceState.VERSION) {
            throw new IllegalArgumentException(
                    "expected evidence of version " + EvidenceState.VERSION + ", found " + version);
        }
        SortedMap<Integer, Counts> taken = new TreeMap<>();
        fields(TAKEN, fields.get(TAKEN))
                .forEach((stage, counts) -> taken.put(Integer.valueOf(stage), counts(TAKEN, counts)));
        return new EvidenceState(
                EvidenceState.VERSION,
                text(BETS, fields.get(BETS)),
                numbers(PARAMETERS, fields.get(PARAMETERS)),
                numbers(LOG_WEALTHS, fields.get(LOG_WEALTHS)),
                number(CASH, fields.get(CASH)),
                numbers(MEMORY, fields.get(MEMORY)),
                whole(SEEN, fields.get(SEEN)),
                taken,
                counts(COUNTED, fields.get(COUNTED)));
    }

    private static Map<String, FlagValue> fields(String name, @Nullable FlagValue value) {
        if (value instanceof FlagValue.Structure structure) {
            return structure.fields();
        }
        throw expected("an object", name, value);
    }

    private static List<FlagValue> items(String name, @Nullable FlagValue value) {
        if (value instanceof FlagValue.Sequence sequence) {
            return sequence.items();
        }
        throw expected("an array", name, value);
    }

    private static String text(String name, @Nullable FlagValue value) {
        if (value instanceof FlagValue.Text text) {
            return text.value();
        }
        throw expected("a string", name, value);
    }

    private static long whole(String name, @Nullable FlagValue value) {
        if (value instanceof FlagValue.Whole whole) {
            return whole.value();
        }
        throw expected("a whole number", name, value);
    }

    private static double number(String name, @Nullable FlagValue value) {
        return value instanceof FlagValue.Decimal decimal ? decimal.value() : whole(name, value);
    }

    private static List<Double> numbers(String name, @Nullable FlagValue value) {
        return items(name, value).stream().map(item -> number(name, item)).toList();
    }

    private static Counts counts(String name, @Nullable FlagValue value) {
        List<FlagValue> arms = items(name, value);
        if (arms.size() != 2) {
            throw expected("the counts of two arms", name, value);
        }
        return Counts.of(wholes(name, arms.get(0)), wholes(name, arms.get(1)));
    }

    private static long[] wholes(String name, FlagValue value) {
        return items(name, value).stream().mapToLong(item -> whole(name, item)).toArray();
    }

    private static IllegalArgumentException expected(String what, String name, @Nullable FlagValue value) {
        return new IllegalArgumentException(
                "evidence: " + name + ": expected " + what + ", found " + (value == null ? "nothing" : value));
    }
}
