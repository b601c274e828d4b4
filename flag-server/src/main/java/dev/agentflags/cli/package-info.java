/**
 * The command line {@code agentflags}: asks flags, checks documents, and changes flags safely.
 *
 * <p>Start with {@link dev.agentflags.cli.RootCommand}, which lists the commands; each is one class. They read and change flags
 * through {@link dev.agentflags.admin.FlagAdmin} alone, so that where the flags are kept is decided in one place. JSON is
 * left to {@code dev.agentflags.document}.
 */
@NullMarked
package dev.agentflags.cli;

import org.jspecify.annotations.NullMarked;
