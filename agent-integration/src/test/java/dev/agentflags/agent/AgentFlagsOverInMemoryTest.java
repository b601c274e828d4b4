package dev.agentflags.agent;

/** Over the SDK's in-memory provider. */
class AgentFlagsOverInMemoryTest extends AgentFlagsContract {

    @Override
    protected TestFlags newFlags() {
        return new InMemoryFlags();
    }
}
