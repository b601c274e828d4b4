/** The flag model, its document, the evaluator, administration, and the OpenFeature provider over any source. */
module dev.agentflags.core {
    requires static transitive org.jspecify;
    requires transitive dev.openfeature.sdk;
    requires com.fasterxml.jackson.databind;
    requires org.slf4j;

    exports dev.agentflags.admin;
    exports dev.agentflags.config;
    exports dev.agentflags.document;
    exports dev.agentflags.evaluation;
    exports dev.agentflags.forecast;
    exports dev.agentflags.guard;
    exports dev.agentflags.model;
    exports dev.agentflags.openfeature;
    exports dev.agentflags.outcome;
    exports dev.agentflags.rollout;
    exports dev.agentflags.snapshot;
    exports dev.agentflags.source;

    uses dev.agentflags.config.ProviderFactory;
}
