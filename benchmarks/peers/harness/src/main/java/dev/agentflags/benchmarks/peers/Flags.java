package dev.agentflags.benchmarks.peers;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The flags and the users that every peer is asked about. */
public final class Flags {

    /** On for 25 % of the users. */
    public static final String ROLLOUT = "new_reasoning_prompt";

    /** On for ten thousand listed users, every second of those who ask among them. */
    public static final String LISTED = "beta_testers";

    /** On or off for everybody, by turns. */
    public static final String CHANGING = "changing";

    /** How many users take turns; a power of two. */
    public static final int USERS = 1_024;

    private static final int LISTED_USERS = 10_000;

    private Flags() {}

    /** Returns a user's name. */
    public static String user(int user) {
        return "user-" + user;
    }

    /** Returns whether a user is listed. */
    static boolean isListed(int user) {
        return user % 2 == 0;
    }

    /** Returns the names of the listed users. */
    public static List<String> listed() {
        return IntStream.range(0, LISTED_USERS).mapToObj(i -> user(2 * i)).toList();
    }

    /** Returns the listed users as the elements of a JSON array. */
    public static String listedAsJson() {
        return listed().stream().map(user -> "\"" + user + "\"").collect(Collectors.joining(", "));
    }

    /** Returns what each user is to the library. */
    public static <T> List<T> users(IntFunction<T> user) {
        return IntStream.range(0, USERS).mapToObj(user).toList();
    }

    /** Returns the entries of many flags, separated by commas. */
    public static String many(int flags, IntFunction<String> entry) {
        return IntStream.range(0, flags).mapToObj(entry).collect(Collectors.joining(",\n"));
    }
}
