package dev.agentflags.server.metrics;

import dev.agentflags.admin.AdminException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Counts what the server does. Safe for use by many threads. */
public final class Metrics implements AutoCloseable {

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    /** Makes metrics that have counted nothing yet. */
    public Metrics() {}

    /**
     * Adds a value that is asked for when somebody reads the metrics.
     *
     * @param name in Prometheus' style, such as {@code agentflags_document_serial}
     * @param value asked on any thread
     */
    public void gauge(String name, String description, Supplier<Number> value) {
        Gauge.builder(name, value)
                .description(description)
                .strongReference(true)
                .register(registry);
    }

    /**
     * Counts an answer.
     *
     * @param route as it was declared, without what stands in its place
     */
    public void answered(String route, int status) {
        registry.counter("agentflags_http_requests", "route", route, "status", Integer.toString(status))
                .increment();
    }

    /** Counts a change of the document, or an attempt at one. */
    public void changed(String operation, Duration took, AdminException.@Nullable Kind failure) {
        String result = failure == null ? "done" : failure.name().toLowerCase(Locale.ROOT);
        Timer.builder("agentflags_changes")
                .description("Changes of the document, from request to durable and published")
                .tag("operation", operation)
                .tag("result", result)
                .publishPercentileHistogram(false)
                .register(registry)
                .record(took);
    }

    /** Counts a request that was refused for its token. */
    public void refused(String why) {
        registry.counter("agentflags_refused_requests", "reason", why).increment();
    }

    /** Counts an alert, and what became of it. */
    public void alert(String receiver, String result) {
        registry.counter("agentflags_alerts", "receiver", receiver, "result", result)
                .increment();
    }

    /** Counts a stream that was cut off by the server. */
    public void cutOff(String why) {
        registry.counter("agentflags_streams_cut_off", "reason", why).increment();
    }

    /** Returns everything in Prometheus' text format. */
    public String scrape() {
        return registry.scrape();
    }

    @Override
    public void close() {
        registry.close();
    }
}
