package dev.agentflags.server.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentflags.admin.AuditCheck;
import dev.agentflags.admin.DocumentStore;
import dev.agentflags.admin.DocumentStoreContract;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

class RedisStoreContractTest extends DocumentStoreContract {

    private static @Nullable RedisProcess shared;

    private final List<RedisFlags> opened = new ArrayList<>();

    RedisProcess start() throws IOException {
        return RedisProcess.start();
    }

    private RedisProcess redis() throws IOException {
        if (shared == null) {
            shared = start();
        }
        return shared;
    }

    @AfterEach
    void closeAll() {
        opened.forEach(RedisFlags::close);
    }

    @AfterAll
    static void stopRedis() throws IOException {
        if (shared != null) {
            shared.close();
            shared = null;
        }
    }

    @Override
    protected DocumentStore newStore(String document) throws IOException {
        try (Jedis jedis = redis().jedis()) {
            jedis.flushAll();
            jedis.set("{test}:doc", document);
            jedis.hset("{test}:meta", "version", Kept.versionOf(document));
        }
        return openAgain();
    }

    @Override
    protected DocumentStore openAgain() throws IOException {
        RedisFlags flags =
                RedisFlags.open(RedisOptions.builder(redis().url("test")).build());
        opened.add(flags);
        return flags.store();
    }

    @Test
    @Override
    protected void records_what_changed_nothing_beside_what_did() throws Exception {
        super.records_what_changed_nothing_beside_what_did();

        assertThat(opened.get(0).checkAudit()).isEqualTo(new AuditCheck(3, 3, null));
    }

    @Test
    @Override
    protected void loses_and_doubles_no_change_of_many_writers_and_lets_a_kill_through() throws Exception {
        super.loses_and_doubles_no_change_of_many_writers_and_lets_a_kill_through();

        assertThat(opened.get(0).checkAudit().problem()).isNull();
    }

    @Override
    protected void breakAudit() throws IOException {
        try (Jedis jedis = redis().jedis()) {
            jedis.set("{test}:audit", "not a stream");
        }
    }

    @Override
    protected void breakStore() throws IOException {
        stopRedis();
    }
}
