package dev.agentflags.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentflags.agent.GuideExample.Reply;
import dev.agentflags.agent.config.AgentConfig;
import dev.openfeature.sdk.OpenFeatureAPI;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The guide's example does what the guide says, and the guide shows that example. */
class GuideTest {

    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @Test
    void has_an_example_that_works() {
        var flags = new ForeignFlags();
        flags.serve("new_reasoning_prompt", "on", true);
        flags.serve("enable_code_interpreter", "on", true);
        flags.serve("use_gpt4o_mini", "off", false);
        var api = OpenFeatureAPI.createIsolated();
        api.setProviderAndWait(flags);
        var seen = new AtomicReference<AgentConfig>();

        try (AgentFlags agent = GuideExample.build(api.getClient())) {
            String answer = GuideExample.answer(
                    agent,
                    (config, question) -> {
                        seen.set(config);
                        return new Reply(question + " 42.", 10, 2, "stop");
                    },
                    "What is it?");
            assertThat(answer).isEqualTo("What is it? 42.");
        } finally {
            api.shutdown();
        }

        assertThat(seen.get())
                .isEqualTo(AgentConfig.of("gpt-4o", "Think step by step before answering.")
                        .tools("search", "calculator", "code_interpreter"));
        assertThat(flags.tracked()).hasSize(1);
    }

    @Test
    void shows_only_code_that_is_compiled() throws IOException {
        String compiled = lines(Files.readString(Path.of("src/test/java/dev/agentflags/agent/GuideExample.java")))
                + lines(Files.readString(
                        Path.of("../agent-otel/src/test/java/dev/agentflags/agent/otel/GuideExample.java")));
        List<String> shown = JAVA.matcher(Files.readString(Path.of("../docs/agent-integration.md")))
                .results()
                .map(block -> lines(block.group(1)))
                .toList();
        assertThat(shown)
                .hasSizeGreaterThan(7)
                .allSatisfy(block -> assertThat(compiled).contains(block));
    }

    private static String lines(String text) {
        return text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }
}
