package dev.agentflags.agent.conversation;

import java.util.Map;

/** Remembers nothing. */
enum NoPins implements PinStore {
    INSTANCE;

    @Override
    public Map<String, Pin> load(Conversation conversation) {
        return Map.of();
    }

    @Override
    public void save(Conversation conversation, Map<String, Pin> pins) {
        // nothing to remember
    }
}
