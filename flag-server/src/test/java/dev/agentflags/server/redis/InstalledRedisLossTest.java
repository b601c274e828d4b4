package dev.agentflags.server.redis;

import dev.agentflags.program.WithPrograms;
import java.io.IOException;

@WithPrograms("redis-server")
class InstalledRedisLossTest extends RedisLossTest {

    @Override
    RedisProcess startRedis() throws IOException {
        return RedisProcess.startInstalled();
    }
}
