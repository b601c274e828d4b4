/** The flag model, its document, the evaluator, administration, and the OpenFeature provider over any source. */
module dev.agentflags.core {
    requires static transitive org.jspecify;

    exports dev.agentflags.model;
}
