package dev.agentflags.remote.follow;

import dev.agentflags.source.FlagSource;
import dev.agentflags.source.RecordingListener;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes down separately that a document has lapsed. */
record RecordingListenerWithLapse(RecordingListener listener, List<String> lapsed) implements FlagSource.Listener {

    @Override
    public @Nullable String deliver(byte[] utf8) {
        return listener.deliver(utf8);
    }

    @Override
    public void confirm() {
        listener.confirm();
    }

    @Override
    public void fail(String problem) {
        listener.fail(problem);
    }

    @Override
    public void lapse(String problem) {
        lapsed.add(problem);
    }
}
