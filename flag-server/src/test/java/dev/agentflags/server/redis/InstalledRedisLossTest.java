package dev.agentflags.server.redis;

import java.io.IOException;
import org.junit.jupiter.api.Tag;

@Tag("real")
class InstalledRedisLossTest extends RedisLossTest {

    @Override
    RedisProcess startRedis() throws IOException {
        return RedisProcess.startInstalled();
    }
}
