/**
 * A document and its audit trail on Redis or Valkey, for any number of servers.
 *
 * <p>{@link dev.agentflags.server.redis.RedisFlags} is where to start: it opens what {@link dev.agentflags.server.redis.RedisOptions}
 * names, and gives a {@link dev.agentflags.admin.DocumentStore} that changes the document and a
 * {@link dev.agentflags.source.FlagSource} that tells of changes. Nothing here speaks HTTP.
 */
@NullMarked
package dev.agentflags.server.redis;

import org.jspecify.annotations.NullMarked;
