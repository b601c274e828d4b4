package dev.agentflags.cli;

import java.util.Arrays;

/** The process {@code agentflags}. */
public final class Main {

    private static final String REPLACEMENT = "\uFFFD";

    private Main() {}

    /** Runs one command and exits with its status. */
    public static void main(String[] args) {
        ServerLog.chooseIfServing(args);
        Session session = Session.ofProcess();
        int status = run(session, args);
        session.out().flush();
        session.err().flush();
        System.exit(status);
    }

    /** A user whose name was not understood would get another bucket than the one who was meant. */
    static int run(Session session, String... args) {
        if (Arrays.stream(args).anyMatch(argument -> argument.contains(REPLACEMENT))) {
            session.err().println("error: an argument is not UTF-8");
            session.err().println(" hint: use a terminal and a locale with UTF-8, such as LC_ALL=C.UTF-8");
            return Exit.USAGE;
        }
        return RootCommand.commandLine(session).execute(args);
    }
}
