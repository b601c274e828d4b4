/**
 * What the server answers.
 *
 * <p>A group of routes is a class that implements {@link dev.agentflags.server.http.Routes};
 * {@link dev.agentflags.server.http.Site} puts all groups behind the same entrance, which checks hosts, origins, paths, and tokens.
 * Everything here runs on the event loop, so nothing may wait: what concerns the store is asked of
 * {@link dev.agentflags.server.store.StoreWorker}, which answers later.
 */
@NullMarked
package dev.agentflags.server.http;

import org.jspecify.annotations.NullMarked;
