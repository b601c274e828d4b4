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
 * @param stream where the caller is told of changes; no part of what an ETag stands for
 */
public record Audience(Snapshot snapshot, String version, String name, Predicate<String> sees, String stream) {}
