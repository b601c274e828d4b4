/** A flag document behind HTTP: polled or pushed, cached on disk, and administered. */
module dev.agentflags.provider.remote {
    requires static transitive org.jspecify;
    requires transitive dev.agentflags.core;
    requires okhttp3;
    requires okio;
    requires org.slf4j;

    exports dev.agentflags.remote;

    provides dev.agentflags.config.ProviderFactory with
            dev.agentflags.remote.RemoteProviderFactory;
}
