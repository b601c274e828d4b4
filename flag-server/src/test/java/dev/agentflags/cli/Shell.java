package dev.agentflags.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.agentflags.file.FileFlags;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

/** Runs commands as a shell does, in this process: with streams, an environment, and a directory for files. */
final class Shell {

    static final String SEED = """
            {
              "new_reasoning_prompt": {
                "status": "percentage",
                "percentage": 25,
                "targeted_users": ["alice"],
                "targeted_plans": ["enterprise"],
                "kill_switch": false,
                "description": "Think step by step before answering"
              },
              "enable_code_interpreter": { "status": "targeted", "targeted_plans": ["pro", "enterprise"] },
              "use_gpt4o_mini": { "status": "off" }
            }
            """;

    private final Path directory;
    private final Map<String, String> environment = new HashMap<>();
    private InputStream in = InputStream.nullInputStream();
    private Screen screen = Screen.NONE;
    private Admins admins = FileFlags::admin;
    private Servers servers = Servers::remote;

    Shell(Path directory) {
        this.directory = directory;
    }

    /** What a command left behind; the directory's name is taken out. */
    record Ran(int status, String out, String err) {}

    Shell file(String name, String text) {
        try {
            Files.writeString(path(name), text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String read(String name) {
        try {
            return Files.readString(path(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path path(String name) {
        return directory.resolve(name);
    }

    Shell input(String text) {
        return input(text.getBytes(UTF_8));
    }

    Shell input(byte[] bytes) {
        in = new ByteArrayInputStream(bytes);
        return this;
    }

    Shell input(InputStream stream) {
        in = stream;
        return this;
    }

    Shell screen(Screen other) {
        screen = other;
        return this;
    }

    Shell admins(Admins other) {
        admins = other;
        return this;
    }

    Shell servers(Servers other) {
        servers = other;
        return this;
    }

    Shell variable(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** Runs a command on {@code flags.json} in this shell's directory; {@code @name} stands for a file there. */
    Ran run(String... arguments) {
        if (!environment.containsKey("AGENTFLAGS_FILE_PATH")) {
            environment.put("AGENTFLAGS_FILE_PATH", path("flags.json").toString());
        }
        String[] resolved = arguments.clone();
        for (int i = 0; i < resolved.length; i++) {
            resolved[i] =
                    resolved[i].startsWith("@") ? path(resolved[i].substring(1)).toString() : resolved[i];
        }
        var out = new StringWriter();
        var err = new StringWriter();
        var session = new Session(
                in,
                new PrintWriter(out),
                new PrintWriter(err),
                screen,
                environment::get,
                Clock.fixed(Instant.parse("2026-11-22T12:00:00Z"), ZoneOffset.UTC),
                admins,
                servers,
                stop -> {});
        int status = Main.run(session, resolved);
        return new Ran(status, plain(out), plain(err));
    }

    private String plain(StringWriter text) {
        return text.toString().replace(directory + "/", "");
    }
}
