package dev.agentflags.cli;

import dev.agentflags.model.KillSwitch;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code agentflags list}: the flags that there are. */
@Command(
        name = "list",
        header = {"Show the flags that there are.", ""},
        description = "Status, whom they are on for, variants, and what is known of them.",
        footerHeading = "%nExamples:%n",
        footer = {"  agentflags list", "  agentflags list --json | jq '.flags[] | select(.killed) | .key'"})
final class ListCommand implements Callable<Integer> {

    private final Session session;

    @Mixin
    private FlagsOption flags;

    @Mixin
    private JsonOption json = new JsonOption();

    ListCommand(Session session) {
        this.session = session;
        this.flags = new FlagsOption(session);
    }

    @Override
    public Integer call() throws CommandException {
        Loaded document = flags.open().load();
        var listing = new Listing(document.ruleset());
        if (json.chosen()) {
            session.out().println(listing.json());
        } else {
            print(document, listing);
        }
        document.warn(session.err(), session.screen().err());
        return Exit.DONE;
    }

    private void print(Loaded document, Listing listing) {
        KillSwitch all = document.ruleset().killSwitch();
        if (all != null && all.engaged()) {
            String notice = "All flags are killed" + Listing.circumstances(all);
            session.out().println(session.screen().out().apply(Paint.Tone.BAD, notice));
        }
        if (document.ruleset().flags().isEmpty()) {
            session.out().println(document.name() + " has no flags");
        } else {
            listing.table().print(session.out(), session.screen());
        }
    }
}
