/**
 * Changing flags: kill, revive, advance, roll back, put, remove.
 *
 * <p>An {@link dev.agentflags.admin.Operation} says what is to be done, {@link dev.agentflags.admin.FlagAdmin} does it.
 * {@link dev.agentflags.admin.StoreAdmin} does it as a pure change of a document that a
 * {@link dev.agentflags.admin.DocumentStore} then keeps, with an {@link dev.agentflags.admin.AuditEntry} for every change.
 */
@NullMarked
package dev.agentflags.admin;

import org.jspecify.annotations.NullMarked;
