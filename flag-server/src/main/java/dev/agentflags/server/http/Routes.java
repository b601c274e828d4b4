package dev.agentflags.server.http;

import java.util.List;

/** A group of routes that belong together. */
public interface Routes {

    /** Returns them. */
    List<Endpoint> endpoints();
}
