package dev.agentflags.remote.http;

import dev.agentflags.document.DocumentException;
import dev.agentflags.document.JsonText;
import dev.agentflags.model.FlagValue;
import dev.agentflags.model.FlagValue.Structure;
import dev.agentflags.model.FlagValue.Text;
import dev.agentflags.model.FlagValue.Whole;
import dev.agentflags.remote.follow.Notice;
import dev.agentflags.remote.follow.Origin.Hearing;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Makes of events what is heard of the document. Stateless. */
final class Notices implements EventReader.Sink {

    private static final Duration LONGEST_DELAY = Duration.ofSeconds(30);

    private final Hearing hearing;

    Notices(Hearing hearing) {
        this.hearing = hearing;
    }

    @Override
    public void event(String type, String data) {
        Notice notice = type.equals("message") ? read(data) : null;
        if (notice == null) {
            hearing.alive();
        } else {
            hearing.announced(notice);
        }
    }

    @Override
    public void comment() {
        hearing.alive();
    }

    @Override
    public void retry(Duration delay) {
        hearing.retry(delay);
    }

    /** Returns null for an event of something else. What cannot be read may be anything, so it is looked for. */
    static @Nullable Notice read(String data) {
        try {
            return JsonText.read(data) instanceof Structure event ? read(event) : Notice.UNSPECIFIED;
        } catch (DocumentException e) {
            return Notice.UNSPECIFIED;
        }
    }

    private static @Nullable Notice read(Structure event) {
        if (!new Text("refetchEvaluation").equals(event.fields().get("type"))) {
            return null;
        }
        return new Notice(whole(event, "serial"), text(event, "lineage"), text(event, "etag"), delay(event));
    }

    private static @Nullable Long whole(Structure event, String field) {
        return event.fields().get(field) instanceof Whole whole ? whole.value() : null;
    }

    private static @Nullable String text(Structure event, String field) {
        FlagValue value = event.fields().get(field);
        return value instanceof Text text ? text.value() : null;
    }

    private static Duration delay(Structure event) {
        Long millis = whole(event, "maxDelayMs");
        return millis == null || millis < 0
                ? Duration.ZERO
                : Duration.ofMillis(Math.min(millis, LONGEST_DELAY.toMillis()));
    }
}
