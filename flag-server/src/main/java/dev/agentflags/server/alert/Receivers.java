package dev.agentflags.server.alert;

import dev.agentflags.document.DocumentException;
import dev.agentflags.document.JsonText;
import dev.agentflags.model.FlagValue;
import dev.agentflags.model.FlagValue.Sequence;
import dev.agentflags.model.FlagValue.Structure;
import dev.agentflags.model.FlagValue.Text;
import dev.agentflags.model.FlagValue.Whole;
import dev.agentflags.server.alert.Receiver.Action;
import dev.agentflags.server.alert.Receiver.Kind;
import dev.agentflags.server.alert.Receiver.Mode;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The receivers of a file such as {@code alerts.json}. Immutable.
 *
 * <pre>{@code
 * {"version": 1, "receivers": [
 *   {"name": "alertmanager", "kind": "alertmanager", "token_sha256": ["…"], "flags": ["support_agent"], "mode": "enforce"}
 * ]}
 * }</pre>
 */
public final class Receivers {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9-]{1,128}");
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9._-]{1,128}|\\*");
    private static final Set<String> FIELDS = Set.of(
            "name",
            "kind",
            "token_sha256",
            "secret_file",
            "signature_header",
            "timestamp_header",
            "flags",
            "mode",
            "action",
            "max_switches_per_hour",
            "services");
    private static final int DEFAULT_MAX_SWITCHES = 20;

    /** The name that Grafana's form and manual have for it, and the one that Grafana uses where that field is left empty. */
    private static final List<String> GRAFANA_SIGNATURE =
            List.of("X-Grafana-Alerting-Signature", "X-Grafana-Alert-Signature");

    private static final List<String> PAGERDUTY_SIGNATURE = List.of("X-PagerDuty-Signature");
    private static final List<String> OWN_SIGNATURE = List.of("X-Agentflags-Signature");
    private static final String OWN_TIMESTAMP = "X-Agentflags-Timestamp";

    private final Map<String, Receiver> byName;

    private Receivers(Map<String, Receiver> byName) {
        this.byName = byName;
    }

    /** Returns no receivers. */
    public static Receivers none() {
        return new Receivers(Map.of());
    }

    /**
     * Reads a file.
     *
     * @throws IOException if it cannot be read or has errors; the message names the place
     */
    public static Receivers read(Path file) throws IOException {
        try {
            return parse(Files.readString(file), file.toAbsolutePath().getParent());
        } catch (IllegalArgumentException e) {
            throw new FileSystemException(file.toString(), null, e.getMessage());
        }
    }

    /**
     * Reads what is in a file.
     *
     * @param directory that the names of secret files are relative to, or null for the present one
     * @throws IllegalArgumentException if it has errors; the message names the place
     */
    static Receivers parse(String json, @Nullable Path directory) {
        FlagValue root;
        try {
            root = JsonText.read(json);
        } catch (DocumentException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        Map<String, FlagValue> fields = root instanceof Structure object ? object.fields() : Map.of();
        if (!new Whole(1).equals(fields.get("version")) || !(fields.get("receivers") instanceof Sequence list)) {
            throw new IllegalArgumentException("expected {\"version\": 1, \"receivers\": […]}, found something else");
        }
        Map<String, Receiver> byName = new LinkedHashMap<>();
        for (int i = 0; i < list.items().size(); i++) {
            String place = "/receivers/" + i;
            if (!(list.items().get(i) instanceof Structure object)) {
                throw new IllegalArgumentException(place + ": expected an object");
            }
            Receiver receiver = new Entry(place, object.fields()).receiver(directory);
            if (byName.put(receiver.name(), receiver) != null) {
                throw new IllegalArgumentException(place + "/name: expected a name once, found it twice");
            }
        }
        return new Receivers(byName);
    }

    /** Returns a receiver, or null if there is none of that name. */
    public @Nullable Receiver named(String name) {
        return byName.get(name);
    }

    /** Returns all receivers, in the file's order. */
    public List<Receiver> all() {
        return List.copyOf(byName.values());
    }

    /** One receiver as it is written. */
    private record Entry(String place, Map<String, FlagValue> fields) {

        Receiver receiver(@Nullable Path directory) {
            for (String name : fields.keySet()) {
                if (!FIELDS.contains(name)) { // a misspelt "flags" or "mode" would do what nobody wants
                    throw error("", "expected one of " + new java.util.TreeSet<>(FIELDS) + ", found \"" + name + "\"");
                }
            }
            Kind kind = word("kind", Kind.values(), null);
            var receiver = new Receiver(
                    text("name", NAME, null),
                    kind,
                    words("token_sha256", SHA256),
                    secretFile(directory),
                    fields.containsKey("signature_header")
                            ? List.of(text("signature_header", HEADER, null))
                            : signatureHeaders(kind),
                    fields.containsKey("timestamp_header")
                            ? text("timestamp_header", HEADER, null)
                            : kind == Kind.SIGNED ? OWN_TIMESTAMP : null,
                    Set.copyOf(new LinkedHashSet<>(words("flags", KEY))),
                    word("mode", Mode.values(), Mode.ENFORCE),
                    word("action", Action.values(), Action.KILL),
                    maxSwitches(),
                    services());
            check(receiver);
            return receiver;
        }

        private static List<String> signatureHeaders(Kind kind) {
            return switch (kind) {
                case GRAFANA -> GRAFANA_SIGNATURE;
                case PAGERDUTY -> PAGERDUTY_SIGNATURE;
                case ALERTMANAGER, SIGNED -> OWN_SIGNATURE;
            };
        }

        private void check(Receiver receiver) {
            boolean signed = receiver.kind() == Kind.PAGERDUTY || receiver.kind() == Kind.SIGNED;
            if (signed
                    && (receiver.secretFile() == null || !receiver.tokenHashes().isEmpty())) {
                throw error("", "expected secret_file and no token_sha256: this kind is signed");
            }
            if (receiver.secretFile() == null && receiver.tokenHashes().isEmpty()) {
                throw error("", "expected token_sha256 or secret_file: without either anybody could send alerts");
            }
            if (receiver.flags().isEmpty()) {
                throw error("/flags", "expected at least one flag, or * for the switch of all");
            }
            if (receiver.action() != Action.KILL && receiver.flags().contains(Receiver.ALL)) {
                throw error("/flags", "expected flags only: all flags together can be killed, but have no stages");
            }
            if ((receiver.kind() == Kind.PAGERDUTY) == receiver.services().isEmpty()) {
                throw error("/services", "expected services, with a flag each, for pagerduty and for nothing else");
            }
            if (!receiver.flags().containsAll(receiver.services().values())) {
                throw error("/services", "expected flags that are in /flags");
            }
        }

        private @Nullable Path secretFile(@Nullable Path directory) {
            FlagValue file = fields.get("secret_file");
            if (file == null) {
                return null;
            }
            if (!(file instanceof Text text) || text.value().isBlank()) {
                throw error("/secret_file", "expected the name of a file");
            }
            Path path = Path.of(text.value());
            return directory == null ? path : directory.resolve(path);
        }

        private int maxSwitches() {
            FlagValue value = fields.getOrDefault("max_switches_per_hour", new Whole(DEFAULT_MAX_SWITCHES));
            if (value instanceof Whole number && number.value() >= 1 && number.value() <= 10_000) {
                return (int) number.value();
            }
            throw error("/max_switches_per_hour", "expected 1 to 10000");
        }

        private Map<String, String> services() {
            FlagValue value = fields.getOrDefault("services", new Structure(Map.of()));
            if (!(value instanceof Structure object)) {
                throw error("/services", "expected an object");
            }
            Map<String, String> services = new LinkedHashMap<>();
            object.fields().forEach((id, key) -> {
                if (!(key instanceof Text text) || !KEY.matcher(text.value()).matches()) {
                    throw error("/services/" + id, "expected a flag's key, or *");
                }
                services.put(id, text.value());
            });
            return services;
        }

        private String text(String name, Pattern pattern, @Nullable String otherwise) {
            FlagValue value = fields.get(name);
            if (value == null && otherwise != null) {
                return otherwise;
            }
            if (value instanceof Text text && pattern.matcher(text.value()).matches()) {
                return text.value();
            }
            throw error("/" + name, "expected " + pattern);
        }

        private List<String> words(String name, Pattern pattern) {
            FlagValue value = fields.get(name);
            List<String> words = new ArrayList<>();
            for (FlagValue item : value instanceof Sequence list ? list.items() : List.<FlagValue>of()) {
                if (!(item instanceof Text text)
                        || !pattern.matcher(text.value()).matches()) {
                    throw error("/" + name, "expected a list of " + pattern);
                }
                words.add(text.value());
            }
            if (value != null && words.isEmpty()) {
                throw error("/" + name, "expected a list that is not empty");
            }
            return words;
        }

        private <E extends Enum<E>> E word(String name, E[] all, @Nullable E otherwise) {
            FlagValue value = fields.get(name);
            if (value == null && otherwise != null) {
                return otherwise;
            }
            List<String> words = Stream.of(all)
                    .map(each -> each.name().toLowerCase(Locale.ROOT))
                    .toList();
            int index = value instanceof Text text ? words.indexOf(text.value()) : -1;
            if (index < 0) {
                throw error("/" + name, "expected one of " + words);
            }
            return all[index];
        }

        private IllegalArgumentException error(String field, String message) {
            return new IllegalArgumentException(place + field + ": " + message);
        }
    }
}
