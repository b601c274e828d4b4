package dev.agentflags.cli;

import dev.agentflags.admin.AdminException;
import dev.agentflags.cli.Paint.Tone;
import dev.agentflags.demo.Demo;
import dev.agentflags.demo.Timeline;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code agentflags demo}: shows what this is good for. */
@Command(
        name = "demo",
        header = {"Show a rollout and a kill, with a server and three agents.", ""},
        description = {
            "Starts a flag server on a temporary file and three simulated agents in processes of their own, rolls a new prompt"
                    + " out to them, and kills it. Takes about half a minute; Ctrl-C at any time leaves nothing behind."
        })
final class DemoCommand implements Callable<Integer> {

    private final Session session;

    DemoCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws CommandException {
        var timeline =
                new Timeline(session.out(), text -> session.screen().out().apply(Tone.STRONG, text), System::nanoTime);
        try {
            Demo.play(timeline);
            return Exit.DONE;
        } catch (IOException | AdminException e) {
            throw new CommandException(Exit.UNAVAILABLE, "the demo ended early: " + e.getMessage(), null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException(Exit.UNAVAILABLE, "interrupted", null);
        }
    }
}
