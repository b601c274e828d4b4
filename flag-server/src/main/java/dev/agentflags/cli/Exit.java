package dev.agentflags.cli;

import dev.agentflags.admin.AdminException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The exit statuses of all commands. They are a contract: scripts rely on them. */
final class Exit {

    static final int DONE = 0;
    static final int PROBLEMS = 1;
    static final int USAGE = 2;
    static final int NO_SUCH_FLAG = 3;
    static final int CONFLICT = 4;
    static final int UNAVAILABLE = 5;
    static final int FORBIDDEN = 6;
    static final int BUG = 70;

    private Exit() {}

    /** Returns the status that says why an operation was not done. */
    static int of(AdminException.Kind kind) {
        return switch (kind) {
            case REFUSED, INVALID -> PROBLEMS;
            case NO_SUCH_FLAG -> NO_SUCH_FLAG;
            case CONFLICT -> CONFLICT;
            case UNAVAILABLE -> UNAVAILABLE;
            case FORBIDDEN -> FORBIDDEN;
        };
    }

    /** Returns what each status means, for the help. */
    static Map<String, String> meanings() {
        Map<String, String> meanings = new LinkedHashMap<>();
        meanings.put(" " + DONE, "done, or there was nothing to do");
        meanings.put(" " + PROBLEMS, "problems were found, a flag could not be evaluated, or the change was refused");
        meanings.put(" " + USAGE, "wrong usage");
        meanings.put(" " + NO_SUCH_FLAG, "there is no flag of that key");
        meanings.put(" " + CONFLICT, "somebody else changed the flags at the same time; look again, then try again");
        meanings.put(" " + UNAVAILABLE, "a file or a server cannot be read or written");
        meanings.put(" " + FORBIDDEN, "the server does not let you do that");
        meanings.put("" + BUG, "a bug in agentflags");
        return meanings;
    }
}
