package dev.agentflags.server.ofrep;

import dev.agentflags.snapshot.Snapshot;
import java.util.function.Predicate;

/**
 * What one caller may see.
 *
 * @param snapshot what is in force
 * @param version of the document, which changes whenever the snapshot does
 * @param name distinguishes callers that see different flags
 * @param sees whether the caller may see the flag of a key
 */
public record Audience(Snapshot snapshot, String version, String name, Predicate<String> sees) {}
