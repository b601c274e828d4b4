package dev.agentflags.evaluation;

import org.jspecify.annotations.Nullable;

/**
 * One row of the table of semantics, as it stands for one flag. Immutable.
 *
 * <p>A flag has only the steps that could decide something for it; they are tried in the order of {@link Row}.
 */
interface Step {

    /** Which row this is. */
    Row row();

    /**
     * Returns what the subject gets, or null to leave it to the next step.
     *
     * @param user the subject's
     * @param subject asked for anything but its user, and that only if this step {@link #asksForMore}
     */
    @Nullable
    Resolution decide(@Nullable String user, Subject subject);

    /** Whether this step has to know more of a subject than its user. */
    boolean asksForMore();

    /** Says what this step looks at and what it found of the subject. */
    String explain(Subject subject);

    /** The rows of the table, in order. */
    enum Row {
        KILL_SWITCH(1, "kill switch", "not engaged"),
        OFF(2, "status off", "the status is another"),
        REQUIRED(3, "required flags", "none"),
        EXCLUDED_USERS(4, "excluded users", "none"),
        TARGETED_USERS(5, "targeted users", "none"),
        RULES(6, "rules", "none"),
        TARGETED_PLANS(7, "targeted plans", "none"),
        EVERYONE(8, "on for everyone", "the status is another"),
        PERCENTAGE(9, "percentage", "the status is another"),
        NOBODY_ELSE(10, "nobody else", "the status is another");

        private final int number;
        private final String title;
        private final String absent;

        Row(int number, String title, String absent) {
            this.number = number;
            this.title = title;
            this.absent = absent;
        }

        /** The row's number, from 1. */
        int number() {
            return number;
        }

        /** The row's name, for people. */
        String title() {
            return title;
        }

        /** Why a flag without this step does not have it. */
        String absent() {
            return absent;
        }
    }
}
