package dev.agentflags.server.redis;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What Redis says of how it keeps what is written. Immutable.
 *
 * @param role {@code master}, or {@code slave} for a replica; empty where Redis does not say
 * @param appendOnly whether each write goes to the append-only file, or null where Redis does not say
 * @param eviction what happens when memory runs out; empty where Redis does not say
 */
record Persistence(String role, @Nullable Boolean appendOnly, String eviction) {

    /**
     * Reads what the command INFO answers.
     *
     * @param info of the sections replication, persistence and memory
     */
    static Persistence read(String info) {
        Map<String, String> fields = new HashMap<>();
        info.lines().forEach(line -> {
            int colon = line.indexOf(':');
            if (colon > 0) {
                fields.put(line.substring(0, colon), line.substring(colon + 1).strip());
            }
        });
        String appendOnly = fields.get("aof_enabled");
        return new Persistence(
                fields.getOrDefault("role", ""),
                appendOnly == null ? null : appendOnly.equals("1"),
                fields.getOrDefault("maxmemory_policy", ""));
    }

    /** Returns why nothing is to be kept there, or null. */
    @Nullable
    String refusal(boolean allowVolatile) {
        if (role.equals("slave")) {
            return "this is a replica, which cannot be written to; name the primary";
        }
        if (Boolean.TRUE.equals(appendOnly) || allowVolatile) {
            return null;
        }
        String found = appendOnly == null ? "Redis does not say whether it is on" : "it is off";
        return "expected append-only persistence, but " + found
                + ", and a kill could be lost when Redis stops; set \"appendonly yes\" there, or allow a volatile store here";
    }

    /** Whether Redis may forget a key for want of memory. */
    boolean mayEvict() {
        return eviction.startsWith("allkeys");
    }
}
