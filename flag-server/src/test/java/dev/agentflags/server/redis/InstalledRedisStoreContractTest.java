package dev.agentflags.server.redis;

import java.io.IOException;
import org.junit.jupiter.api.Tag;

@Tag("real")
class InstalledRedisStoreContractTest extends RedisStoreContractTest {

    @Override
    RedisProcess start() throws IOException {
        return RedisProcess.startInstalled();
    }
}
