package dev.agentflags.server.access;

/** A kind of thing that a caller may do. */
public enum Right {
    /** To be told that there is something new, and nothing of what it is. */
    LISTEN("listen"),
    /** To read the document, and to be told of its changes. */
    READ("read"),
    /** To kill, and to pause. */
    KILL("kill"),
    /** To advance, roll back, put and remove. */
    OPERATE("operate"),
    /** To take a kill back. */
    REVIVE("revive"),
    /** To read the audit trail, and who is connected. */
    AUDIT("audit");

    private final String word;

    Right(String word) {
        this.word = word;
    }

    /** Whether it is one to change something. */
    public boolean isToChange() {
        return this == KILL || this == OPERATE || this == REVIVE;
    }

    @Override
    public String toString() {
        return word;
    }
}
