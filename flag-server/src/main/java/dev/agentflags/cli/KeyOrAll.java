package dev.agentflags.cli;

import dev.agentflags.admin.Operation;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** One flag, or all of them. */
final class KeyOrAll {

    @Parameters(arity = "1", index = "0", paramLabel = "KEY", description = "The flag.")
    private @Nullable String key;

    @Option(names = "--all", order = 2, description = "All flags, by the document's own switch.")
    private boolean all;

    /** Returns the operation for what was chosen. */
    Operation operation(Function<String, Operation> one, Operation everything) {
        return all || key == null ? everything : one.apply(key);
    }

    /** Returns what was chosen, for messages. */
    String name() {
        return key == null ? "all flags" : key;
    }
}
