/**
 * The flag server: one document for many providers, told of every change, and administered over HTTP.
 *
 * <p>{@link dev.agentflags.server.FlagServer} is the way in. A document's way is {@code store}, whose one thread is the only one to
 * read and write it; {@code state}, which holds the one document that is served; and {@code http} and {@code stream}, which answer
 * from it on one event loop and never wait. {@code access} says who may do what.
 */
@NullMarked
package dev.agentflags.server;

import org.jspecify.annotations.NullMarked;
