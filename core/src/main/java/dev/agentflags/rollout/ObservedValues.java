package dev.agentflags.rollout;

import dev.agentflags.guard.Arm;
import dev.agentflags.guard.Bins;
import dev.agentflags.guard.Evidence;
import dev.agentflags.guard.EvidenceValues;
import dev.agentflags.model.FlagValue;
import dev.agentflags.model.FlagValue.Decimal;
import dev.agentflags.model.FlagValue.Text;
import dev.agentflags.model.GuardMetric;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * {@link Observed} as a JSON value and back. What a unit has met that is still open is not written: after a restart it is
 * missing, and the unit is not counted again.
 */
final class ObservedValues {

    /** So that a string of them stays below what a JSON text may have here. */
    private static final int UNITS_A_STRING = 8_192;

    private ObservedValues() {}

    static FlagValue write(Observed observed) {
        return JsonFields.writing()
                .put("stages", List.copyOf(observed.stages()), ObservedValues::stage)
                .put("metrics", observed.watches(), ObservedValues::watch)
                .put(
                        "assigned",
                        List.copyOf(observed.assigned().entrySet()),
                        entry -> JsonFields.writing()
                                .put("stage", (long) entry.getKey())
                                .put("halvings", (long) entry.getValue().halvings())
                                .put("treatment", units(entry.getValue().units(Arm.TREATMENT)), Text::new)
                                .put("control", units(entry.getValue().units(Arm.CONTROL)), Text::new)
                                .value())
                .value();
    }

    private static FlagValue stage(Stage stage) {
        return JsonFields.writing()
                .put("number", (long) stage.number())
                .put("percentage", stage.percentage())
                .put("since", stage.since())
                .put("from", stage.from())
                .value();
    }

    private static FlagValue watch(MetricWatch watch) {
        Bins bins = watch.bins();
        var fields = JsonFields.writing()
                .put("name", watch.metric().name())
                .put("worse", evidence(watch.worse()))
                .put("safe", evidence(watch.safe()));
        if (bins != null) {
            fields.put("edges", bins.edges(), Decimal::new).put("quantiles", bins.quantiles(), Decimal::new);
        } else if (watch.metric().name().isAmount()) {
            fields.put("usual", watch.warmUp().toList(), Decimal::new);
        }
        List<FlagValue> tables = new ArrayList<>();
        watch.units()
                .forEach((stage, arms) -> arms.forEach((arm, table) -> tables.add(JsonFields.writing()
                        .put("stage", (long) stage)
                        .put("arm", arm)
                        .put("halvings", (long) table.halvings())
                        .put("units", units(table.met()), Text::new)
                        .value())));
        return fields.put("units", tables, table -> table).value();
    }

    private static @Nullable FlagValue evidence(@Nullable Evidence evidence) {
        return evidence == null ? null : EvidenceValues.write(evidence.state());
    }

    private static List<String> units(LongSet units) {
        List<String> texts = new ArrayList<>();
        var bytes = new ByteArrayOutputStream();
        units.forEach(unit -> {
            for (int shift = 0; shift < Observed.UNIT_BYTES * Byte.SIZE; shift += Byte.SIZE) {
                bytes.write((int) (unit >>> shift));
            }
            if (bytes.size() == UNITS_A_STRING * Observed.UNIT_BYTES) {
                texts.add(Base64.getEncoder().encodeToString(bytes.toByteArray()));
                bytes.reset();
            }
        });
        if (bytes.size() > 0) {
            texts.add(Base64.getEncoder().encodeToString(bytes.toByteArray()));
        }
        return texts;
    }

    /**
     * Reads what was observed.
     *
     * @param terms by which it was measured
     * @throws IllegalArgumentException if it is not what {@link #write} has written
     */
    static Observed read(JsonFields fields, Terms terms, Instant now) {
        var watches = new ArrayList<MetricWatch>();
        for (GuardMetric metric : terms.guard().metrics()) {
            watches.add(new MetricWatch(metric, terms.isByUnit(), now));
        }
        var observed = new Observed(watches);
        fields.objects(
                        "stages",
                        stage -> new Stage(
                                (int) stage.whole("number"),
                                stage.number("percentage"),
                                stage.time("since"),
                                stage.whole("from")))
                .forEach(observed.stages()::addLast);
        if (observed.stages().isEmpty()) {
            throw new IllegalArgumentException("expected a stage, found none");
        }
        fields.objects("metrics", watch -> read(watch, observed, terms, now));
        fields.objects(
                "assigned",
                assigned -> observed.assigned()
                        .put(
                                (int) assigned.whole("stage"),
                                Assigned.of(units(assigned.texts("treatment")), units(assigned.texts("control")), (int)
                                        assigned.whole("halvings"))));
        return observed;
    }

    private static MetricWatch read(JsonFields fields, Observed observed, Terms terms, Instant now) {
        GuardMetric.Name name = fields.constant("name", GuardMetric.Name.class);
        MetricWatch watch = observed.watches().stream()
                .filter(any -> any.metric().name() == name)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "expected a metric of the guard, found " + name.name().toLowerCase(Locale.ROOT)));
        Bins bins = fields.has("edges") ? Bins.of(fields.numbers("edges"), fields.numbers("quantiles")) : null;
        if (fields.has("usual")) {
            fields.numbers("usual").forEach(watch.warmUp()::add);
        }
        watch.restore(bins, readEvidence(fields, "worse"), readEvidence(fields, "safe"), observed.ahead(terms), now);
        fields.objects(
                "units",
                table -> watch.restore(
                        (int) table.whole("stage"),
                        table.constant("arm", Arm.class),
                        UnitTable.closed(units(table.texts("units")), (int) table.whole("halvings"))));
        return watch;
    }

    private static @Nullable Evidence readEvidence(JsonFields fields, String name) {
        FlagValue value = fields.value(name);
        return value == null ? null : EvidenceValues.read(value).evidence();
    }

    private static LongSet units(List<String> texts) {
        var units = new LongSet();
        for (String text : texts) {
            byte[] bytes = Base64.getDecoder().decode(text);
            for (int i = 0; i + Observed.UNIT_BYTES <= bytes.length; i += Observed.UNIT_BYTES) {
                long unit = 0;
                for (int b = 0; b < Observed.UNIT_BYTES; b++) {
                    unit |= (bytes[i + b] & 0xFFL) << (b * Byte.SIZE);
                }
                units.add(unit);
            }
        }
        return units;
    }
}
