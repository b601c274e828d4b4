package dev.agentflags.server.alert;

/** What is to become of one alert. */
public enum Verdict {
    /** The receiver's action is carried out. */
    ACT("done"),
    /** It would be carried out if the receiver did not only observe. */
    OBSERVE("observed"),
    /** Whether the condition holds is not known, and that is no reason to do anything. */
    NO_DATA("no-data"),
    /** The condition is over. Nobody is revived for that. */
    CLEAR("cleared"),
    /** It was dealt with before. */
    REPEATED("repeated"),
    /** The flag is not on the receiver's list. */
    FORBIDDEN("forbidden"),
    /** There is no such flag. */
    UNKNOWN("unknown"),
    /** The receiver has killed too many flags within an hour. */
    LIMITED("limited");

    private final String word;

    Verdict(String word) {
        this.word = word;
    }

    /** Returns the word for it. */
    @Override
    public String toString() {
        return word;
    }
}
