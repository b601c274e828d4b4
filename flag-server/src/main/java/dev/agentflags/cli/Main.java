package dev.agentflags.cli;

/** The process {@code agentflags}. */
public final class Main {

    private Main() {}

    /** Runs one command and exits with its status. */
    public static void main(String[] args) {
        Session session = Session.ofProcess();
        int status = RootCommand.commandLine(session).execute(args);
        session.out().flush();
        session.err().flush();
        System.exit(status);
    }
}
