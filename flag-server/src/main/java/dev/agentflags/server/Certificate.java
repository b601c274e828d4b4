package dev.agentflags.server;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** A certificate chain and its key, as they are in their files at one moment. Immutable. */
final class Certificate {

    private final byte[] chain;
    private final byte[] key;

    private Certificate(byte[] chain, byte[] key) {
        this.chain = chain;
        this.key = key;
    }

    /** Reads both files. */
    static Certificate read(Path chain, Path key) throws IOException {
        return new Certificate(Files.readAllBytes(chain), Files.readAllBytes(key));
    }

    boolean isSameAs(Certificate other) {
        return Arrays.equals(chain, other.chain) && Arrays.equals(key, other.key);
    }

    ServerSSLOptions options() {
        return new ServerSSLOptions()
                .setKeyCertOptions(new PemKeyCertOptions()
                        .setCertValue(Buffer.buffer(chain))
                        .setKeyValue(Buffer.buffer(key)));
    }
}
