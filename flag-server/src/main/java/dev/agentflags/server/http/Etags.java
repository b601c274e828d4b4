package dev.agentflags.server.http;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** Lists of ETags, as {@code If-Match} and {@code If-None-Match} have them. Pure. */
final class Etags {

    static final String ANY = "*";
    private static final String WEAK = "W/";

    private Etags() {}

    /** Returns the ETags of a list, weak ones as if they were strong: a proxy that compresses makes them weak. */
    static Set<String> of(String header) {
        return Arrays.stream(header.split(",", -1))
                .map(String::strip)
                .map(etag -> etag.startsWith(WEAK) ? etag.substring(WEAK.length()) : etag)
                .filter(etag -> !etag.isEmpty())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
