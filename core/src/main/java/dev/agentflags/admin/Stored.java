package dev.agentflags.admin;

/**
 * A document as a store keeps it.
 *
 * @param text the document
 * @param version changes whenever the text does; opaque
 */
public record Stored(String text, String version) {}
