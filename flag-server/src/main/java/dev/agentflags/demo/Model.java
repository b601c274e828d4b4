package dev.agentflags.demo;

import java.util.Random;

/** A model that is not there: it only fails, as often as its prompt makes it. Not safe for use by many threads. */
final class Model {

    /** Asks for what the model often cannot know, so it invents. */
    static final String DEFECTIVE = "You are a helpful assistant. Always name the order number.";

    /** Asks for no more than there is. */
    static final String SOUND = "You are a helpful assistant. Name the order number if the customer gave one.";

    private static final double ERROR_RATE = 0.02;
    private static final double DEFECT_RATE = 0.10;

    private final Random random;

    Model(Random random) {
        this.random = random;
    }

    /**
     * Answers.
     *
     * @throws InventedException if the answer names an order that does not exist, which an agent would notice when it looks it up
     */
    void answer(String prompt) throws InventedException {
        if (random.nextDouble() < ERROR_RATE || (prompt.equals(DEFECTIVE) && random.nextDouble() < DEFECT_RATE)) {
            throw new InventedException();
        }
    }

    /** An order that does not exist. */
    static final class InventedException extends Exception {

        private static final long serialVersionUID = 1;

        InventedException() {
            super("no such order");
        }
    }
}
