/** A flag document in a file: read, followed while it changes, and safely rewritten. */
module dev.agentflags.provider.file {
    requires static transitive org.jspecify;
    requires transitive dev.agentflags.core;
    requires org.slf4j;

    exports dev.agentflags.file;

    provides dev.agentflags.config.ProviderFactory with
            dev.agentflags.file.FileProviderFactory;
}
