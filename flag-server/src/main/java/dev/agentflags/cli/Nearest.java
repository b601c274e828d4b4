package dev.agentflags.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The key that somebody probably meant. */
final class Nearest {

    /** One mistake in so many characters is still a misspelling. */
    private static final int CHARACTERS_PER_MISTAKE = 3;

    private Nearest() {}

    /** Returns the key that is nearest to a word, or null where none is near. */
    static @Nullable String to(String word, Collection<String> keys) {
        String wanted = plain(word);
        int bound = Math.max(1, wanted.length() / CHARACTERS_PER_MISTAKE);
        return keys.stream()
                .filter(key -> Math.abs(key.length() - word.length()) <= bound)
                .map(key -> Map.entry(key, distance(wanted, plain(key))))
                .filter(entry -> entry.getValue() <= bound)
                .min(Comparator.comparingInt(Map.Entry::getValue))
                .map(Map.Entry::getKey)
                .orElse(null);
    }

    /** Capitals and the choice of separator are no mistakes. */
    private static String plain(String key) {
        return key.toLowerCase(Locale.ROOT).replace('-', '_').replace('.', '_');
    }

    /** Returns how many characters must be put in, left out, replaced, or swapped with their neighbour. */
    static int distance(String from, String to) {
        int[][] table = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                table[i][j] = i == 0 || j == 0 ? i + j : step(table, from, to, i, j);
            }
        }
        return table[from.length()][to.length()];
    }

    private static int step(int[][] table, String from, String to, int i, int j) {
        int replaced = table[i - 1][j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        int best = Math.min(replaced, Math.min(table[i - 1][j], table[i][j - 1]) + 1);
        boolean swapped =
                i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
        return swapped ? Math.min(best, table[i - 2][j - 2] + 1) : best;
    }
}
