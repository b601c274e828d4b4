package dev.agentflags.server.http;

import io.vertx.core.http.HttpServerResponse;
import java.util.ArrayList;
import java.util.List;

/** What is done once when an answer has ended, in whichever way: complete, cut off, or given up. Only for the event loop. */
public final class Ending {

    private final List<Runnable> tasks = new ArrayList<>();
    private boolean over;

    private Ending() {}

    /** Returns the ending of an answer, whose handlers are then taken. */
    static Ending of(HttpServerResponse response) {
        var ending = new Ending();
        response.endHandler(ended -> ending.run());
        response.closeHandler(closed -> ending.run());
        response.exceptionHandler(failed -> ending.run());
        return ending;
    }

    void add(Runnable task) {
        tasks.add(task);
    }

    private void run() {
        if (!over) {
            over = true;
            tasks.forEach(Runnable::run);
        }
    }
}
