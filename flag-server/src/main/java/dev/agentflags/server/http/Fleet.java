package dev.agentflags.server.http;

import dev.agentflags.server.access.Caller;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which providers there are and what they have, as they say themselves in {@code Flags-Client}. Remembers a bounded number of them,
 * for a quarter of an hour after they were last heard of. Only for the event loop.
 */
public final class Fleet {

    private static final String HEADER = "Flags-Client";
    private static final int MAX_HEADER = 512;
    private static final int MAX_PROVIDERS = 20_000;
    private static final Duration MEMORY = Duration.ofMinutes(15);
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Pattern STATE = Pattern.compile("[A-Z_]{1,16}");
    private static final Pattern SERIAL = Pattern.compile("[0-9]{1,18}");
    private static final Pattern REJECTED = Pattern.compile("[0-9]{1,18}(:[A-Za-z0-9 ._-]{0,64})?");

    private final Clock clock;
    private final Map<String, Seen> byId = new LinkedHashMap<>();
    private Consumer<String> onFetch = provider -> {};

    /** One provider. */
    private static final class Seen {
        String token = "";

        @Nullable
        Long serial;

        @Nullable
        Long sent;

        @Nullable
        String state;

        @Nullable
        String rejected;

        Instant last = Instant.EPOCH;
        int streams;
    }

    /** Makes one that knows of no provider. */
    public Fleet(Clock clock) {
        this.clock = clock;
    }

    /**
     * A provider has asked for the document.
     *
     * @param sent the serial of the one that it was sent, or has already
     */
    void fetched(Call call, @Nullable Long sent) {
        Seen seen = seen(call);
        if (seen != null) {
            seen.sent = sent;
            onFetch.accept(key(call, fields(String.valueOf(call.header(HEADER))).get("id")));
        }
    }

    /** A provider has opened a stream. */
    void connected(Call call) {
        Seen seen = seen(call);
        if (seen != null) {
            seen.streams++;
            call.onEnd(() -> {
                seen.streams--;
                seen.last = clock.instant();
            });
        }
    }

    private @Nullable Seen seen(Call call) {
        String header = call.header(HEADER);
        if (header == null || header.length() > MAX_HEADER) {
            return null;
        }
        Map<String, String> fields = fields(header);
        String id = matching(fields.get("id"), ID);
        if (id == null) {
            return null;
        }
        Caller caller = call.caller();
        String key = key(call, id);
        Seen seen = byId.remove(key);
        seen = seen == null ? new Seen() : seen;
        byId.put(key, seen);
        seen.token = caller.name();
        seen.last = clock.instant();
        String serial = matching(fields.get("serial"), SERIAL);
        seen.serial = serial == null ? null : Long.valueOf(serial);
        seen.state = matching(fields.get("state"), STATE);
        seen.rejected = matching(fields.get("rejected"), REJECTED);
        forget();
        return seen;
    }

    /** One token cannot speak for the providers of another. */
    private static String key(Call call, @Nullable String id) {
        return call.caller().tokenId() + "/" + id;
    }

    private static Map<String, String> fields(String header) {
        Map<String, String> fields = new HashMap<>();
        for (String field : header.split(";", -1)) {
            int equals = field.indexOf('=');
            if (equals > 0) {
                fields.put(
                        field.substring(0, equals).strip(),
                        field.substring(equals + 1).strip());
            }
        }
        return fields;
    }

    private static @Nullable String matching(@Nullable String value, Pattern pattern) {
        return value != null && pattern.matcher(value).matches() ? value : null;
    }

    /** The one that was heard of first of all comes first. */
    private void forget() {
        Instant before = clock.instant().minus(MEMORY);
        var all = byId.values().iterator();
        while (all.hasNext()) {
            Seen eldest = all.next();
            boolean tooMany = byId.size() > MAX_PROVIDERS;
            if (!tooMany && !eldest.last.isBefore(before)) {
                return;
            }
            if (tooMany || eldest.streams == 0) {
                all.remove();
            }
        }
    }

    /**
     * Returns all providers.
     *
     * @param serial what is served
     */
    JsonObject toJson(@Nullable Long serial) {
        forget();
        var providers = new JsonArray();
        byId.forEach((key, seen) -> providers.add(new JsonObject()
                .put("id", key.substring(key.indexOf('/') + 1))
                .put("token", seen.token)
                .put("serial", seen.serial)
                .put("sent", seen.sent)
                .put("state", seen.state)
                .put("rejected", seen.rejected)
                .put("connected", seen.streams > 0)
                .put("behind", isBehind(seen, serial))
                .put("last_seen", seen.last.toString())));
        return new JsonObject()
                .put("serial", serial)
                .put("behind", behind(serial))
                .put("providers", providers);
    }

    /**
     * Says who is told when a provider has asked for the document.
     *
     * @param onFetch is given the provider, as {@link #listening} names it
     */
    void onFetch(Consumer<String> onFetch) {
        this.onFetch = onFetch;
    }

    /** Returns those that are told of changes now. */
    Set<String> listening() {
        return byId.entrySet().stream()
                .filter(entry -> entry.getValue().streams > 0)
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether one that was listening does not have what is served, or is not known any more. */
    boolean isBehind(String provider, @Nullable Long serial) {
        Seen seen = byId.get(provider);
        return seen == null || isBehind(seen, serial);
    }

    /** Returns what is known of one that was listening. */
    JsonObject describe(String provider) {
        var json = new JsonObject().put("id", provider.substring(provider.indexOf('/') + 1));
        Seen seen = byId.get(provider);
        return seen == null
                ? json
                : json.put("token", seen.token)
                        .put("serial", seen.serial)
                        .put("state", seen.state)
                        .put("rejected", seen.rejected);
    }

    /** Returns how many do not have what is served, as far as is known. */
    public long behind(@Nullable Long serial) {
        return byId.values().stream().filter(seen -> isBehind(seen, serial)).count();
    }

    /** A provider says what it has when it asks; what it was sent since then it has, too, unless it says that it rejects it. */
    private static boolean isBehind(Seen seen, @Nullable Long serial) {
        if (serial == null) {
            return false;
        }
        boolean rejects = seen.rejected != null && seen.rejected.split(":", 2)[0].equals(serial.toString());
        long has = Math.max(seen.serial == null ? -1 : seen.serial, seen.sent == null ? -1 : seen.sent);
        return rejects || has < serial;
    }

    /** Returns how many there are. */
    public int size() {
        return byId.size();
    }
}
