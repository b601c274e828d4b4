package dev.agentflags.server.alert;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One alert, whoever it is from. Immutable.
 *
 * @param key the flag's, {@code *} for the switch of all, or null where it names none that can be one
 * @param state how its condition stands
 * @param identity of this alert and no later one of the same kind; repeated as long as it lasts
 * @param reason for people, without control characters
 */
record Alert(@Nullable String key, State state, String identity, String reason) {

    /** How the condition of an alert stands. */
    enum State {
        /** It holds. */
        FIRING,
        /** Nobody can tell: what it is about has no data, or could not be asked. */
        NO_DATA,
        /** It is over. */
        RESOLVED
    }

    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9._-]{1,128}|\\*");

    /** Control characters, and those that turn text around or are not seen. */
    private static final Pattern UNSEEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+");

    private static final Pattern URL = Pattern.compile("https?://[\\x21-\\x7e]{1,1000}");
    private static final int MAX_SUMMARY = 500;
    private static final int MAX_IDENTITY = 200;

    static Alert of(@Nullable String key, State state, String fingerprint, String since, String summary, String url) {
        String tidy = tidy(summary, MAX_SUMMARY);
        String id = tidy(fingerprint, MAX_IDENTITY);
        StringBuilder reason = new StringBuilder(tidy.isEmpty() ? "an alert without a summary" : tidy);
        reason.append(" (");
        if (URL.matcher(url).matches()) {
            reason.append(url).append(", ");
        }
        reason.append("alert ").append(id).append(')');
        String valid = key != null && KEY.matcher(key).matches() ? key : null;
        return new Alert(valid, state, id + "@" + tidy(since, MAX_IDENTITY), reason.toString());
    }

    /** Returns text that stays on its line, cut where it is too long, never inside a character. */
    private static String tidy(String text, int most) {
        String line = UNSEEN.matcher(text).replaceAll(" ").strip();
        if (line.length() <= most) {
            return line;
        }
        int end = Character.isHighSurrogate(line.charAt(most - 2)) ? most - 2 : most - 1;
        return line.substring(0, end) + "…";
    }
}
