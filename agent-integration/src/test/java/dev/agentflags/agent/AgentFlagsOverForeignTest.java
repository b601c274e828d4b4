package dev.agentflags.agent;

/** Over a provider that the module has never heard of. */
class AgentFlagsOverForeignTest extends AgentFlagsContract {

    @Override
    TestFlags newFlags() {
        return new ForeignFlags();
    }
}
