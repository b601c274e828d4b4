package dev.agentflags.benchmarks;

/** The Markdown of one section of the simulation's report, as it is written. Not safe for use by many threads. */
final class Page {

    static final String HELD = " ✓";
    static final String MISSED = " ✗";

    private final StringBuilder text = new StringBuilder();

    /** Begins a table. */
    void head(String title, String... columns) {
        text.append("### ").append(title).append("\n\n");
        row((Object[]) columns);
        text.append('|').append(" --- |".repeat(columns.length)).append('\n');
    }

    /** Adds a row to the table. */
    void row(Object... cells) {
        for (Object cell : cells) {
            text.append("| ").append(cell).append(' ');
        }
        text.append("|\n");
    }

    /** Adds a paragraph. */
    void say(String paragraph) {
        text.append('\n').append(paragraph).append("\n\n");
    }

    /** Returns a cell with a mark for whether it reaches what it has to. */
    static String judged(String cell, boolean holds) {
        return cell + (holds ? HELD : MISSED);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
