package dev.agentflags.evaluation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a subject gets when a step decides. Immutable. */
sealed interface Serving {

    /** Returns what this subject gets, of which it is told as a step is. */
    Resolution of(@Nullable String user, Subject subject);

    /** Whether this has to know more of a subject than its user. */
    boolean asksForMore();

    /** The same for all. */
    record Fixed(Resolution resolution) implements Serving {

        @Override
        public Resolution of(@Nullable String user, Subject subject) {
            return resolution;
        }

        @Override
        public boolean asksForMore() {
            return false;
        }
    }

    /**
     * One of several, by a hash that is independent of the one that decides who is in.
     *
     * @param shares in order; the last one's threshold is beyond all hashes
     */
    record Drawn(Bucketer bucketer, List<Share> shares) implements Serving {

        /**
         * One of them.
         *
         * @param threshold the first hash that is not this share's, nor an earlier one's
         */
        record Share(long threshold, Resolution resolution) {}

        @Override
        public Resolution of(@Nullable String user, Subject subject) {
            long hash = bucketer.hash(user, subject);
            if (hash == Bucketer.NO_KEY) {
                return Steps.Share.NO_KEY;
            }
            int chosen = 0;
            while (hash >= shares.get(chosen).threshold()) {
                chosen++;
            }
            return shares.get(chosen).resolution();
        }

        @Override
        public boolean asksForMore() {
            return bucketer.asksForMore();
        }
    }
}
