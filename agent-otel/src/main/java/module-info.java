/** Flag evaluations and agent runs in OpenTelemetry, without anyone's id and without prompts. */
module dev.agentflags.agent.otel {
    requires static transitive org.jspecify;
    requires transitive dev.agentflags.agent;
    requires transitive io.opentelemetry.api;
    requires io.opentelemetry.context;

    exports dev.agentflags.agent.otel;
}
