package dev.agentflags.cli;

import dev.agentflags.document.DocumentException;
import dev.agentflags.document.DocumentReader;
import dev.agentflags.document.ParsedDocument;
import dev.agentflags.document.Problem;
import dev.agentflags.model.Definition;
import dev.agentflags.model.Flag;
import dev.agentflags.model.Ruleset;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was found in one document.
 *
 * @param name the document's, for messages
 * @param flags how many flags it has, as far as it could be read
 * @param problems errors and warnings
 * @param expired flags that should no longer be there
 */
record Findings(String name, int flags, List<Problem> problems, List<Problem> expired) {

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    Findings {
        problems = List.copyOf(problems);
        expired = List.copyOf(expired);
    }

    /** Checks a document. */
    static Findings of(String name, byte[] utf8, Clock clock) {
        try {
            ParsedDocument document = DocumentReader.read(utf8);
            Ruleset ruleset = document.ruleset();
            List<Problem> expired = expired(ruleset, text(utf8), LocalDate.now(clock));
            return new Findings(name, ruleset.flags().size(), document.problems(), expired);
        } catch (DocumentException e) {
            return new Findings(name, 0, e.problems(), List.of());
        }
    }

    private static String text(byte[] utf8) {
        String text = new String(utf8, StandardCharsets.UTF_8);
        return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    }

    private static List<Problem> expired(Ruleset ruleset, String text, LocalDate today) {
        Map<String, String> messages = new LinkedHashMap<>();
        for (Definition definition : ruleset.flags().values()) {
            if (definition instanceof Flag flag && isBefore(flag.about().expires(), today)) {
                messages.put(
                        flag.key(), "expired on " + flag.about().expires() + "; remove the flag, or give it more time");
            }
        }
        return messages.isEmpty() ? List.of() : Problem.warnings(text, "expires", messages);
    }

    private static boolean isBefore(@Nullable LocalDate day, LocalDate today) {
        return day != null && day.isBefore(today);
    }
}
