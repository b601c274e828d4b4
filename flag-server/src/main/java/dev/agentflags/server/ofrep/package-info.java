/**
 * The OpenFeature Remote Evaluation Protocol (OFREP 0.3.0), so that every OpenFeature SDK can ask a server.
 *
 * <p>{@link dev.agentflags.server.ofrep.Ofrep} makes an answer of a request and a snapshot; it reads no clock and does no I/O, and
 * whatever a caller says of its subject is neither logged nor repeated. The protocol is not yet 1.0, and is known only here.
 */
@NullMarked
package dev.agentflags.server.ofrep;

import org.jspecify.annotations.NullMarked;
