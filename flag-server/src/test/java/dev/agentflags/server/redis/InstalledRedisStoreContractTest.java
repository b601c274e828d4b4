package dev.agentflags.server.redis;

import dev.agentflags.program.WithPrograms;
import java.io.IOException;

@WithPrograms("redis-server")
class InstalledRedisStoreContractTest extends RedisStoreContractTest {

    @Override
    RedisProcess start() throws IOException {
        return RedisProcess.startInstalled();
    }
}
