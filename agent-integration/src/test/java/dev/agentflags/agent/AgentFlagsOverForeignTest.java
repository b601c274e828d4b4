package dev.agentflags.agent;

/** Over a provider that the module has never heard of. */
class AgentFlagsOverForeignTest extends AgentFlagsContract {

    @Override
    protected TestFlags newFlags() {
        return new ForeignFlags();
    }
}
