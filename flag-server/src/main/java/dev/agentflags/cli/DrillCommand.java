package dev.agentflags.cli;

import dev.agentflags.document.JsonText;
import dev.agentflags.model.FlagValue;
import dev.agentflags.model.FlagValue.Bool;
import dev.agentflags.model.FlagValue.Decimal;
import dev.agentflags.model.FlagValue.Sequence;
import dev.agentflags.model.FlagValue.Structure;
import dev.agentflags.model.FlagValue.Text;
import dev.agentflags.model.FlagValue.Whole;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code agentflags drill}: proves that a kill would get through. */
@Command(
        name = "drill",
        header = {"Prove that a kill would reach every provider of a server now.", ""},
        description = {
            "Tells all providers that listen to the server that there is something to fetch, as a kill would, and counts who fetches"
                    + " within five seconds. No flag is changed; what came of it goes into the audit trail. Of several servers on one Redis each has its own providers."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  agentflags drill --server https://flags.example.com --token-file on-call.token"})
final class DrillCommand implements Callable<Integer> {

    private final Session session;

    @Mixin
    private ServerOption server;

    @Mixin
    private JsonOption json = new JsonOption();

    DrillCommand(Session session) {
        this.session = session;
        this.server = new ServerOption(session);
    }

    @Override
    public Integer call() throws CommandException {
        if (!server.chosen() && !server.configured()) {
            throw new CommandException(Exit.USAGE, "expected --server URL: there is nobody to ask", null);
        }
        Structure answer = server.inquiry().drill();
        PrintWriter out = session.out();
        if (json.chosen()) {
            out.println(JsonText.write(answer));
        } else {
            print(answer, out);
        }
        return new Bool(true).equals(answer.fields().get("ok")) ? Exit.DONE : Exit.PROBLEMS;
    }

    private static void print(Structure answer, PrintWriter out) {
        long providers = whole(answer, "providers");
        long confirmed = whole(answer, "confirmed");
        String more = confirmed == 0 ? "" : ", the slowest after " + slowest(answer) + " ms";
        out.printf(
                "%d of %d providers confirmed%s%n",
                confirmed, providers, providers == 0 ? ": nobody listens to this server" : more);
        if (new Bool(false).equals(answer.fields().get("stored"))) {
            out.println("the store could not be written: a kill may be refused");
        }
        for (FlagValue value :
                answer.fields().get("behind") instanceof Sequence list ? list.items() : List.<FlagValue>of()) {
            if (value instanceof Structure provider) {
                out.printf(
                        "behind: %s (token %s, serial %s, %s)%n",
                        word(provider, "id"),
                        word(provider, "token"),
                        word(provider, "serial"),
                        word(provider, "state"));
            }
        }
    }

    private static long whole(Structure answer, String name) {
        return answer.fields().get(name) instanceof Whole number ? number.value() : 0;
    }

    private static String slowest(Structure answer) {
        FlagValue value = answer.fields().get("slowest_ms");
        return value instanceof Decimal number ? "%.1f".formatted(number.value()) : word(answer, "slowest_ms");
    }

    private static String word(Structure answer, String name) {
        FlagValue value = answer.fields().get(name);
        if (value instanceof Text text) {
            return Printable.of(text.value());
        }
        return value instanceof Whole number ? "" + number.value() : "unknown";
    }
}
