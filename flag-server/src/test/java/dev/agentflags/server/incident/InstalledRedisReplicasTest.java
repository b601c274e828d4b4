package dev.agentflags.server.incident;

import dev.agentflags.program.WithPrograms;
import dev.agentflags.server.redis.RedisProcess;
import java.io.IOException;
import java.time.Duration;

@WithPrograms("redis-server")
class InstalledRedisReplicasTest extends RedisReplicasTest {

    @Override
    RedisProcess start() throws IOException {
        return RedisProcess.startInstalled();
    }

    @Override
    Duration bound() {
        return Duration.ofMillis(100);
    }
}
