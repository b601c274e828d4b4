package dev.agentflags.server.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/** A script, run by its digest, and sent whole only where Redis does not know it. Immutable. */
record Script(String text, String sha1) {

    static Script read(String resource) {
        try (InputStream in = Objects.requireNonNull(Script.class.getResourceAsStream(resource))) {
            byte[] bytes = in.readAllBytes();
            var digest = MessageDigest.getInstance("SHA-1").digest(bytes);
            return new Script(
                    new String(bytes, StandardCharsets.UTF_8), HexFormat.of().formatHex(digest));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-1", e);
        }
    }

    Object run(Jedis jedis, List<String> keys, List<String> arguments) {
        try {
            return jedis.evalsha(sha1, keys, arguments);
        } catch (JedisNoScriptException e) {
            return jedis.eval(text, keys, arguments);
        }
    }
}
