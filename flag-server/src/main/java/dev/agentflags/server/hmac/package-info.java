/** Proofs that only who has a key can make. */
@NullMarked
package dev.agentflags.server.hmac;

import org.jspecify.annotations.NullMarked;
