package dev.agentflags.remote;

/** Flags behind HTTP: a provider that follows them, and administration through a flag server. */
public final class RemoteFlags {

    private RemoteFlags() {}
}
