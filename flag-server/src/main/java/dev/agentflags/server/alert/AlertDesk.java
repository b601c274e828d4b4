package dev.agentflags.server.alert;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The receivers and their secrets as the files have them now. One thread {@linkplain #reload reloads}, others ask without waiting.
 */
public final class AlertDesk {

    private static final Logger LOG = LoggerFactory.getLogger(AlertDesk.class);

    private final @Nullable Path file;
    private volatile Loaded loaded;

    /** The last problem with a file that was warned of; only for who reloads. */
    private @Nullable String warned;

    /**
     * One receiver, ready to be asked.
     *
     * @param secrets that count now
     */
    public record Open(Receiver receiver, Secrets secrets) {}

    private record Loaded(String text, Map<String, Open> byName, Map<String, List<String>> secrets) {}

    private AlertDesk(@Nullable Path file, Loaded loaded) {
        this.file = file;
        this.loaded = loaded;
    }

    /** Returns one without receivers. */
    public static AlertDesk closed() {
        return new AlertDesk(null, new Loaded("", Map.of(), Map.of()));
    }

    /**
     * Returns one with the receivers of a file.
     *
     * @throws IOException if it, or a secret file that it names, cannot be read or has errors
     */
    public static AlertDesk of(Path file) throws IOException {
        return new AlertDesk(file, load(file));
    }

    private static Loaded load(Path file) throws IOException {
        Map<String, Open> byName = new HashMap<>();
        Map<String, List<String>> secrets = new HashMap<>();
        for (Receiver receiver : Receivers.read(file).all()) {
            Secrets own = Secrets.of(receiver);
            byName.put(receiver.name(), new Open(receiver, own));
            secrets.put(receiver.name(), own.lines());
        }
        return new Loaded(Files.readString(file), Map.copyOf(byName), secrets);
    }

    /** Reads the files again. Where one cannot be read or has errors that is warned of, and everything stays as it was. */
    public void reload() {
        if (file == null) {
            return;
        }
        try {
            Loaded now = load(file);
            if (!now.text().equals(loaded.text()) || !now.secrets().equals(loaded.secrets())) {
                loaded = now;
                LOG.info(
                        "{} has changed, there are {} receivers of alerts now",
                        file,
                        now.byName().size());
            }
            warned = null;
        } catch (IOException e) {
            String problem = Objects.toString(e.getMessage());
            if (!problem.equals(warned)) {
                LOG.warn("{} cannot be used, the receivers of alerts stay as they were: {}", file, problem);
                warned = problem;
            }
        }
    }

    /** Returns a receiver, or null if there is none of that name. */
    public @Nullable Open named(String name) {
        return loaded.byName().get(name);
    }
}
