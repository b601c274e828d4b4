package dev.agentflags.cli;

/** Whether text is coloured, and how: by ECMA-48's escape sequences, or not at all. */
enum Paint {
    PLAIN,
    ANSI;

    /** What a text is coloured for. */
    enum Tone {
        NORMAL(""),
        STRONG("1"),
        FAINT("2"),
        GOOD("32"),
        NOTABLE("36"),
        DOUBTFUL("33"),
        BAD("31");

        private final String code;

        Tone(String code) {
            this.code = code;
        }
    }

    static Paint of(boolean coloured) {
        return coloured ? ANSI : PLAIN;
    }

    /** Returns a text in a tone. */
    String apply(Tone tone, String text) {
        boolean coloured = this == ANSI && tone != Tone.NORMAL && !text.isEmpty();
        return coloured ? "\u001b[" + tone.code + "m" + text + "\u001b[0m" : text;
    }
}
