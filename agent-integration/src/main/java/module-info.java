/** An agent's configuration decided once per turn by the flags of any OpenFeature provider, and its outcome reported. */
module dev.agentflags.agent {
    requires static transitive org.jspecify;
    requires transitive dev.openfeature.sdk;
    requires org.slf4j;

    exports dev.agentflags.agent;
    exports dev.agentflags.agent.config;
    exports dev.agentflags.agent.context;
    exports dev.agentflags.agent.conversation;
    exports dev.agentflags.agent.outcome;
}
