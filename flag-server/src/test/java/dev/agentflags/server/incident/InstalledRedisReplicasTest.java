package dev.agentflags.server.incident;

import dev.agentflags.server.redis.RedisProcess;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Tag;

@Tag("real")
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
