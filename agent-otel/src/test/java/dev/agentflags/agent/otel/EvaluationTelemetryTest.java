package dev.agentflags.agent.otel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.agentflags.agent.AgentFlags;
import dev.agentflags.agent.AgentRun;
import dev.agentflags.agent.config.AgentConfig;
import dev.agentflags.agent.context.AgentContext;
import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.FlagEvaluationDetails;
import dev.openfeature.sdk.HookContext;
import dev.openfeature.sdk.ImmutableContext;
import dev.openfeature.sdk.ImmutableMetadata;
import dev.openfeature.sdk.OpenFeatureAPI;
import dev.openfeature.sdk.StringHook;
import dev.openfeature.sdk.providers.memory.Flag;
import dev.openfeature.sdk.providers.memory.InMemoryProvider;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EvaluationTelemetryTest {

    private static final String SECRET_PROMPT = "You never mention the merger.";
    private static final byte[] KEY = "sixteen bytes ok".getBytes(StandardCharsets.UTF_8);

    @RegisterExtension
    static final OpenTelemetryExtension OTEL = OpenTelemetryExtension.create();

    private final OpenFeatureAPI api = OpenFeatureAPI.createIsolated();
    private final Client client = api.getClient();

    @BeforeEach
    void register() {
        api.setProviderAndWait(new InMemoryProvider(Map.of(
                "prompt",
                Flag.<String>builder()
                        .variant("formal", SECRET_PROMPT)
                        .defaultVariant("formal")
                        .flagMetadata(ImmutableMetadata.builder()
                                .addString("flagSetId", "support-agents")
                                .addString("version", "42")
                                .build())
                        .build())));
    }

    @AfterEach
    void shutDown() {
        api.shutdown();
    }

    private static Map<String, Object> only() {
        assertThat(OTEL.getLogRecords()).hasSize(1);
        LogRecordData event = OTEL.getLogRecords().get(0);
        assertThat(event.getEventName()).isEqualTo("feature_flag.evaluation");
        return attributes(event.getAttributes());
    }

    private static Map<String, Object> attributes(Attributes attributes) {
        return attributes.asMap().entrySet().stream()
                .collect(Collectors.toMap(entry -> entry.getKey().getKey(), Map.Entry::getValue));
    }

    private void evaluate(String flag) {
        client.getStringValue(flag, SECRET_PROMPT, new ImmutableContext("alice@example.com"));
    }

    @Nested
    class TheEvent {

        @Test
        void says_what_was_served_and_not_to_whom() {
            client.addHooks(EvaluationTelemetry.of(OTEL.getOpenTelemetry()));
            evaluate("prompt");
            assertThat(only())
                    .isEqualTo(Map.of(
                            "feature_flag.key", "prompt",
                            "feature_flag.provider.name", "InMemoryProvider",
                            "feature_flag.result.variant", "formal",
                            "feature_flag.result.reason", "static",
                            "feature_flag.set.id", "support-agents",
                            "feature_flag.version", "42"));
        }

        @Test
        void says_to_whom_by_a_pseudonym() {
            client.addHooks(EvaluationTelemetry.withPseudonyms(OTEL.getOpenTelemetry(), KEY));
            evaluate("prompt");
            // printf alice@example.com | openssl dgst -sha256 -hmac 'sixteen bytes ok'
            assertThat(only())
                    .containsEntry(
                            "feature_flag.context.id",
                            "7dd18d2d0e7038c6b852a5b397de91e977f3d7950925f4156bce243529eaad2f");
        }

        @Test
        void says_what_went_wrong_and_no_variant() {
            client.addHooks(EvaluationTelemetry.of(OTEL.getOpenTelemetry()));
            evaluate("unknown");
            assertThat(only())
                    .isEqualTo(Map.of(
                            "feature_flag.key", "unknown",
                            "feature_flag.provider.name", "InMemoryProvider",
                            "feature_flag.result.reason", "error",
                            "error.type", "flag_not_found"));
        }

        @Test
        void names_no_variant_where_a_hook_threw_after_it_was_picked() {
            client.addHooks(EvaluationTelemetry.of(OTEL.getOpenTelemetry()), new StringHook() {
                @Override
                public void after(
                        HookContext<String> context, FlagEvaluationDetails<String> details, Map<String, Object> hints) {
                    throw new IllegalStateException(SECRET_PROMPT);
                }
            });
            evaluate("prompt");
            assertThat(only()).containsEntry("error.type", "general").doesNotContainKey("feature_flag.result.variant");
            assertThat(only().toString()).doesNotContain(SECRET_PROMPT);
        }
    }

    @Nested
    class TheSpan {

        private Map<String, Object> during(Runnable work) {
            Span span = OTEL.getOpenTelemetry()
                    .getTracer("test")
                    .spanBuilder("turn")
                    .startSpan();
            Context.current().with(span).wrap(work).run();
            span.end();
            return attributes(OTEL.getSpans().get(0).getAttributes());
        }

        @Test
        void of_an_evaluation_gets_its_variant() {
            client.addHooks(EvaluationTelemetry.of(OTEL.getOpenTelemetry()));
            assertThat(during(() -> {
                        evaluate("prompt");
                        evaluate("unknown");
                    }))
                    .isEqualTo(Map.of("agentflags.prompt.evaluated_variant", "formal"));
        }

        @Test
        void of_a_turn_gets_what_the_flags_decided() {
            try (AgentFlags flags = AgentFlags.builder(client, "support", AgentConfig.of("gpt-4o", "Be helpful."))
                            .systemPromptFrom("prompt")
                            .build();
                    AgentRun run = flags.start(AgentContext.user("alice@example.com"))) {
                assertThat(during(() -> RunTelemetry.mark(Span.current(), run)))
                        .isEqualTo(Map.of(
                                "gen_ai.agent.name", "support",
                                "gen_ai.request.model", "gpt-4o",
                                "agentflags.run.id", run.ref().runId().toString(),
                                "agentflags.prompt.variant", "formal",
                                "feature_flag.key", "prompt",
                                "feature_flag.result.variant", "formal"));
            }
        }

        @Test
        void of_a_turn_that_several_flags_decided_names_each() {
            try (AgentFlags flags = AgentFlags.builder(client, "support", AgentConfig.of("gpt-4o", "Be helpful."))
                            .systemPromptFrom("prompt")
                            .when("unknown", c -> c)
                            .build();
                    AgentRun run = flags.start(AgentContext.nobody())) {
                assertThat(during(() -> RunTelemetry.mark(Span.current(), run)))
                        .containsEntry("agentflags.prompt.variant", "formal")
                        .containsEntry("agentflags.unknown.variant", "default")
                        .doesNotContainKey("feature_flag.key");
            }
        }
    }

    @Test
    void refuses_a_key_that_can_be_guessed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EvaluationTelemetry.withPseudonyms(OTEL.getOpenTelemetry(), new byte[15]))
                .withMessage("expected a key of at least 16 bytes, found 15");
    }
}
