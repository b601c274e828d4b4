package dev.agentflags.examples;

import dev.agentflags.agent.AgentFlagsContract;
import dev.agentflags.agent.TestFlags;

/** Over our own provider, with documents as a file would hold them. */
class AgentFlagsOverOurOwnTest extends AgentFlagsContract {

    @Override
    protected TestFlags newFlags() {
        return new OurFlags();
    }
}
