package dev.agentflags.cli;

import java.util.List;
import picocli.CommandLine.Help.Ansi;

/**
 * Where the output goes.
 *
 * @param out how standard output takes colours
 * @param err how standard error takes colours
 * @param interactive whether standard error is a terminal, on which something may be drawn and erased again
 * @param columns how wide the terminal behind standard output is; {@link #UNLIMITED} where there is none
 */
record Screen(Paint out, Paint err, boolean interactive, int columns) {

    static final int UNLIMITED = Integer.MAX_VALUE;

    /** Neither is a terminal. */
    static final Screen NONE = new Screen(Paint.PLAIN, Paint.PLAIN, false, UNLIMITED);

    /** Which of the two are terminals, as {@code out,err}, set by the script that starts this process. */
    private static final String TERMINALS = "agentflags.cli.terminals";

    /** How wide the terminal is, set by the same script. */
    private static final String COLUMNS = "agentflags.cli.columns";

    private static final int NARROWEST = 40;

    /** Returns the screen of this process. Where no script has said what is a terminal, both are or neither. */
    static Screen ofProcess() {
        String said = System.getProperty(TERMINALS);
        List<String> terminals = said == null ? undivided() : List.of(said.split(",", -1));
        return of(terminals, System.getenv("NO_COLOR"), System.getenv("TERM"), Integer.getInteger(COLUMNS, 0));
    }

    /**
     * Returns a screen.
     *
     * @param terminals which of {@code out} and {@code err} are terminals
     * @param noColor the variable {@code NO_COLOR}: anything but empty forbids colours
     * @param term the variable {@code TERM}
     * @param columns how wide the terminal is, or 0 where that is not known
     */
    static Screen of(
            List<String> terminals,
            @org.jspecify.annotations.Nullable String noColor,
            @org.jspecify.annotations.Nullable String term,
            int columns) {
        boolean colours = (noColor == null || noColor.isEmpty()) && !"dumb".equals(term);
        boolean out = terminals.contains("out");
        boolean err = terminals.contains("err");
        return new Screen(
                Paint.of(out && colours),
                Paint.of(err && colours),
                err && !"dumb".equals(term),
                out && columns >= NARROWEST ? columns : UNLIMITED);
    }

    private static List<String> undivided() {
        return Ansi.AUTO.enabled() ? List.of("out", "err") : List.of();
    }
}
