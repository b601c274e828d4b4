package dev.agentflags.evaluation;

/** Encodes a string into a buffer that is already there, as {@code String.getBytes(UTF_8)} would into a new one. */
final class Utf8 {

    private static final byte REPLACEMENT = '?';

    private Utf8() {}

    /**
     * Writes a text's bytes.
     *
     * @param into has room for three bytes a char from {@code from} on
     * @return the index after the last byte
     */
    static int encode(String text, byte[] into, int from) {
        int length = text.length();
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                return encodeRest(text, i, into, from + i);
            }
            into[from + i] = (byte) c;
        }
        return from + length;
    }

    /** Apart from the loop above, which is all that most texts need, so that it stays small enough to be inlined. */
    private static int encodeRest(String text, int start, byte[] into, int from) {
        int at = from;
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                into[at++] = (byte) c;
            } else if (c < 0x800) {
                into[at++] = (byte) (0xC0 | (c >> 6));
                into[at++] = (byte) (0x80 | (c & 0x3F));
            } else if (!Character.isSurrogate(c)) {
                into[at++] = (byte) (0xE0 | (c >> 12));
                into[at++] = (byte) (0x80 | ((c >> 6) & 0x3F));
                into[at++] = (byte) (0x80 | (c & 0x3F));
            } else if (startsPair(text, i)) {
                at = encodePair(Character.toCodePoint(c, text.charAt(++i)), into, at);
            } else {
                into[at++] = REPLACEMENT;
            }
        }
        return at;
    }

    private static boolean startsPair(String text, int i) {
        return i + 1 < text.length() && Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1));
    }

    private static int encodePair(int codePoint, byte[] into, int from) {
        int at = from;
        into[at++] = (byte) (0xF0 | (codePoint >> 18));
        into[at++] = (byte) (0x80 | ((codePoint >> 12) & 0x3F));
        into[at++] = (byte) (0x80 | ((codePoint >> 6) & 0x3F));
        into[at++] = (byte) (0x80 | (codePoint & 0x3F));
        return at;
    }
}
