package dev.agentflags.agent.outcome;

import dev.agentflags.agent.outcome.RunRef.Label;
import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run's reference as URL-safe Base64 of: format, run id, agent, number of labels, and for each its flag, variant and
 * reason, and in the second format its version, empty for none. A text is a byte of length and so many bytes of UTF-8; a reason
 * is a byte. The second format is only used where there is a version.
 */
final class RunRefCodec {

    private static final byte FORMAT = 1;
    private static final byte FORMAT_WITH_VERSIONS = 2;
    private static final int MAX_BYTES = 255;
    private static final int MAX_LABELS = 64;

    /** Of a label: two lengths and a reason. */
    private static final int BYTES_BESIDE_TEXT = 3;

    /** Of a reference: format, run id, the agent's length, and the number of labels. */
    private static final int HEADER_BYTES = 1 + 16 + 1 + 1;

    private static final int MAX_CHARACTERS = 4 * 1024;

    /** Base64 makes four characters of three bytes. */
    private static final int MAX_TOTAL_BYTES = MAX_CHARACTERS / 4 * 3;

    /** What a reason's byte minus one points to; the order is a part of the format. */
    private static final List<String> REASONS = List.of(
            "STATIC", "DEFAULT", "TARGETING_MATCH", "SPLIT", "CACHED", "DISABLED", "UNKNOWN", "ERROR", "KILLED");

    private RunRefCodec() {}

    static String encode(RunRef ref) {
        byte[] agent = bytes(ref.agent());
        int room = MAX_TOTAL_BYTES - HEADER_BYTES - Math.min(agent.length, MAX_BYTES);
        List<Label> labels = fitting(ref.labels(), room, true);
        boolean versions = labels.stream().anyMatch(label -> version(label).length > 0);
        if (!versions) {
            labels = fitting(ref.labels(), room, false);
        }
        var out = new ByteArrayOutputStream(128);
        out.write(versions ? FORMAT_WITH_VERSIONS : FORMAT);
        out.writeBytes(ByteBuffer.allocate(16)
                .putLong(ref.runId().high())
                .putLong(ref.runId().low())
                .array());
        write(out, agent);
        out.write(labels.size());
        for (Label label : labels) {
            write(out, bytes(label.flag()));
            write(out, bytes(label.variant()));
            out.write(REASONS.indexOf(label.reason() == null ? "" : label.reason()) + 1);
            if (versions) {
                write(out, version(label));
            }
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(out.toByteArray());
    }

    /** The first of these labels, as many as there is room for, without those that are too long in themselves. */
    private static List<Label> fitting(List<Label> labels, int room, boolean versions) {
        var fitting = new ArrayList<Label>();
        int left = room;
        for (Label label : labels) {
            int flag = bytes(label.flag()).length;
            int variant = bytes(label.variant()).length;
            if (flag > MAX_BYTES || variant > MAX_BYTES) {
                continue;
            }
            left -= flag + variant + BYTES_BESIDE_TEXT + (versions ? 1 + version(label).length : 0);
            if (left < 0 || fitting.size() == MAX_LABELS) {
                break;
            }
            fitting.add(label);
        }
        return fitting;
    }

    /** One that is too long for a version is none. */
    private static byte[] version(Label label) {
        byte[] version = bytes(label.version() == null ? "" : label.version());
        return version.length > MAX_BYTES ? new byte[0] : version;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void write(ByteArrayOutputStream out, byte[] bytes) {
        int length = Math.min(bytes.length, MAX_BYTES);
        out.write(length);
        out.write(bytes, 0, length);
    }

    static RunRef decode(String text) {
        if (text.length() > MAX_CHARACTERS) {
            throw notAReference(null);
        }
        try {
            var in = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
            byte format = in.get();
            if (format != FORMAT && format != FORMAT_WITH_VERSIONS) {
                throw notAReference(null);
            }
            boolean versions = format == FORMAT_WITH_VERSIONS;
            var runId = new RunId(in.getLong(), in.getLong());
            String agent = read(in);
            var labels = new ArrayList<Label>();
            for (int left = in.get() & 0xFF; left > 0; left--) {
                labels.add(new Label(read(in), read(in), reason(in.get()), versions ? version(read(in)) : null));
            }
            if (in.hasRemaining() || (versions && labels.stream().allMatch(label -> label.version() == null))) {
                throw notAReference(null);
            }
            return new RunRef(runId, agent, labels);
        } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw notAReference(e);
        }
    }

    private static String read(ByteBuffer in) {
        var bytes = new byte[in.get() & 0xFF];
        in.get(bytes);
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (!Arrays.equals(bytes, bytes(text))) {
            throw notAReference(null);
        }
        return text;
    }

    private static @Nullable String version(String text) {
        return text.isEmpty() ? null : text;
    }

    private static @Nullable String reason(byte index) {
        return index == 0 ? null : REASONS.get(index - 1);
    }

    private static IllegalArgumentException notAReference(@Nullable Exception cause) {
        return new IllegalArgumentException("expected a run's reference as RunRef.encode() gives it", cause);
    }
}
