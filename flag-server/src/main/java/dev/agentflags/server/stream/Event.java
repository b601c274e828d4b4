package dev.agentflags.server.stream;

import dev.agentflags.model.Revision;
import dev.agentflags.server.state.Published;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.UUID;

/** The event that says that there is a document to fetch. OFREP's clients know the first three of its fields (ADR 0008). */
final class Event {

    /** Within how long providers spread what they fetch where there is no hurry. */
    private static final int MAX_DELAY_MS = 1000;

    private static final int RETRY_MS = 1000;

    private Event() {}

    /**
     * Returns an event that makes everybody ask for the document, whichever they have: one without a serial, whose ETag no document
     * has.
     *
     * @param drill distinguishes it from every other
     */
    static Buffer drill(Published published, String drill) {
        var data = new JsonObject()
                .put("type", "refetchEvaluation")
                .put("etag", "\"drill-" + drill + "\"")
                .put("lastModified", published.since().getEpochSecond())
                .put("maxDelayMs", 0);
        return Buffer.buffer("data: " + data.encode() + "\n\n");
    }

    /** Returns an event that says nothing but that there may be something new to ask for. */
    static Buffer bare() {
        var data = new JsonObject().put("type", "refetchEvaluation").put("etag", "\"" + UUID.randomUUID() + "\"");
        return Buffer.buffer("retry: " + RETRY_MS + "\ndata: " + data.encode() + "\n\n");
    }

    static Buffer of(Published published) {
        var data = new JsonObject()
                .put("type", "refetchEvaluation")
                .put("etag", published.etag())
                .put("lastModified", published.since().getEpochSecond());
        Revision revision = published.revision();
        String id = "";
        if (revision != null) {
            data.put("serial", revision.serial()).put("lineage", revision.lineage());
            id = "id: " + revision.serial() + "\n";
        }
        data.put("maxDelayMs", published.isUrgent() ? 0 : MAX_DELAY_MS);
        return Buffer.buffer("retry: " + RETRY_MS + "\n" + id + "data: " + data.encode() + "\n\n");
    }
}
