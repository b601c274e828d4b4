/**
 * Where a server keeps its document.
 *
 * <p>{@link dev.agentflags.server.store.FlagStore} is what a file, or anything else that can compare and set, implements.
 * {@link dev.agentflags.server.store.StoreWorker} is its only user: one thread, which reads, changes, and publishes.
 */
@NullMarked
package dev.agentflags.server.store;

import org.jspecify.annotations.NullMarked;
