package dev.agentflags.agent.outcome;

/** Names one run. Unique, and says nothing else; as text 32 hexadecimal digits. */
public record RunId(long high, long low) {

    @Override
    public String toString() {
        return hex(high) + hex(low);
    }

    private static String hex(long bits) {
        String digits = Long.toHexString(bits);
        return "0".repeat(16 - digits.length()) + digits;
    }
}
