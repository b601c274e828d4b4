package dev.agentflags.cli;

import picocli.CommandLine.Option;

/** Whether the output is for programs. */
final class JsonOption {

    @Option(
            names = {"-j", "--json"},
            order = 10,
            description = "Print JSON, for programs.")
    private boolean json;

    boolean chosen() {
        return json;
    }
}
