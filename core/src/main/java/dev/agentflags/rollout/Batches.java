package dev.agentflags.rollout;

import dev.agentflags.model.FlagValue;
import dev.agentflags.outcome.OutcomeBatch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;

/** Which batches of which processes have been taken, so that none is taken twice. Not safe for use by many threads. */
final class Batches {

    private static final int PROCESSES_KEPT = 10_000;

    private final Map<String, Long> last = new LinkedHashMap<>(16, 0.75f, true);

    /** Returns whether a batch is a new one, and notes it. A process sends its batches one after another. */
    boolean isNew(OutcomeBatch batch) {
        Long before = last.get(batch.process());
        if (before != null && batch.sequence() <= before) {
            return false;
        }
        last.put(batch.process(), batch.sequence());
        if (last.size() > PROCESSES_KEPT) {
            last.remove(last.keySet().iterator().next());
        }
        return true;
    }

    FlagValue value() {
        return JsonFields.writing()
                .put(
                        "processes",
                        new ArrayList<>(last.entrySet()),
                        entry -> JsonFields.writing()
                                .put("process", entry.getKey())
                                .put("sequence", entry.getValue())
                                .value())
                .value();
    }

    static Batches of(JsonFields fields) {
        var batches = new Batches();
        fields.objects("processes", entry -> batches.last.put(entry.text("process"), entry.whole("sequence")));
        return batches;
    }
}
