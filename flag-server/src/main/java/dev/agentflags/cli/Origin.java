package dev.agentflags.cli;

import java.net.URI;
import java.nio.file.Path;

/**
 * Where flags are kept.
 *
 * @param name what the place is called in messages
 * @param lint the command that shows all problems of the document there
 * @param list the command that shows its flags
 */
record Origin(String name, String lint, String list) {

    static Origin file(Path path) {
        String file = Printable.argument(path.toString());
        return new Origin(path.toString(), "agentflags lint " + file, "agentflags list --flags " + file);
    }

    static Origin server(URI url) {
        String server = "--server " + Printable.argument(url.toString());
        return new Origin(url.toString(), "agentflags lint " + server, "agentflags list " + server);
    }
}
