package dev.agentflags.agent.outcome;

/** How a run ended. */
public sealed interface RunEnd {

    /** The kind of end in one word, as it is reported. */
    String status();

    /** The agent answered. */
    record Succeeded() implements RunEnd {

        @Override
        public String status() {
            return "success";
        }
    }

    /**
     * The agent failed.
     *
     * @param cause whose fault it was
     * @param type the exception's class name, or one of the words below; never a message
     */
    record Failed(ErrorClass cause, String type) implements RunEnd {

        /** The type where the model's answer was cut short: its stream ended without saying why. */
        public static final String TRUNCATED = "truncated";

        /** The type where the run was closed before anyone said how it ended, as an exception in a try block does. */
        public static final String UNFINISHED = "unfinished";

        @Override
        public String status() {
            return "error";
        }
    }

    /** The caller did not want the answer any more. */
    record Cancelled() implements RunEnd {

        @Override
        public String status() {
            return "cancelled";
        }
    }

    /** Nobody ended the run in time. */
    record Abandoned() implements RunEnd {

        @Override
        public String status() {
            return "abandoned";
        }
    }
}
