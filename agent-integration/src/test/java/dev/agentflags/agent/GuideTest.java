package dev.agentflags.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentflags.agent.ReadmeExample.Reply;
import dev.agentflags.agent.config.AgentConfig;
import dev.openfeature.sdk.OpenFeatureAPI;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The guide's example does what the guide says, and the guide shows that example. */
class GuideTest {

    @Test
    void has_an_example_that_works() {
        var flags = new ForeignFlags();
        flags.serve("new_reasoning_prompt", "on", true);
        flags.serve("enable_code_interpreter", "on", true);
        flags.serve("use_gpt4o_mini", "off", false);
        var api = OpenFeatureAPI.createIsolated();
        api.setProviderAndWait(flags);
        var seen = new AtomicReference<AgentConfig>();

        try (AgentFlags agent = ReadmeExample.build(api.getClient())) {
            String answer = ReadmeExample.answer(
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

    @ParameterizedTest
    @ValueSource(strings = {"build", "turn"})
    void shows_the_code_that_is_compiled(String part) throws IOException {
        assertThat(Files.readString(Path.of("../docs/agent-integration.md"))).contains(example(part));
    }

    private static String example(String part) throws IOException {
        String source = Files.readString(Path.of("src/test/java/dev/agentflags/agent/ReadmeExample.java"));
        String mark = "// guide: " + part + "\n";
        int start = source.indexOf(mark) + mark.length();
        return source.substring(start, source.indexOf("// end", start))
                .lines()
                .map(line -> line.replaceFirst("^ {8}", ""))
                .collect(Collectors.joining("\n"))
                .strip();
    }
}
