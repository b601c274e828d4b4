package dev.agentflags.agent.conversation;

import java.time.Duration;
import java.util.Map;

/**
 * Remembers what flags served to conversations. Safe for use by many threads.
 *
 * <p>It is asked at the start of every turn that belongs to a conversation, on the thread that answers, so it should
 * take microseconds. A store that throws, or loads null, is taken for empty. Two turns of one conversation that start at the same time
 * may both find it empty; the later one's pins then stay.
 */
public interface PinStore {

    /** What is remembered of a conversation, by flag; empty if nothing is. */
    Map<String, Pin> load(Conversation conversation);

    /** Remembers {@code pins}, immutable, in place of what was remembered before; empty ones to forget it. */
    void save(Conversation conversation, Map<String, Pin> pins);

    /**
     * A store in this process.
     *
     * @param maxConversations how many to remember, at least 1; the one unused for longest is forgotten first
     * @param idle how long a conversation without turns is remembered
     */
    static PinStore inMemory(int maxConversations, Duration idle) {
        return new InMemoryPinStore(maxConversations, idle, System::nanoTime);
    }

    /** A store that remembers nothing: every turn is decided afresh. */
    static PinStore none() {
        return NoPins.INSTANCE;
    }
}
