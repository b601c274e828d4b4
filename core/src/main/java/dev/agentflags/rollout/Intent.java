package dev.agentflags.rollout;

/** What a guard wants to be done to its flag. */
sealed interface Intent {

    /** Why, for people and the audit trail. */
    String reason();

    /** Engages the kill switch. */
    record Kill(String reason) implements Intent {}

    /**
     * Takes the flag to the stage before.
     *
     * @param from the percentage that it must still have
     */
    record RollBack(double from, String reason) implements Intent {}

    /**
     * Takes the flag to the next stage.
     *
     * @param from the percentage that it must still have
     * @param to the percentage of that stage
     */
    record Advance(double from, double to, String reason) implements Intent {}
}
