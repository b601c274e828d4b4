package dev.agentflags.evaluation;

import java.util.List;

/** What a subject gets when a step decides. Immutable. */
sealed interface Serving {

    /** Returns what this subject gets. */
    Resolution of(Subject subject);

    /** The same for all. */
    record Fixed(Resolution resolution) implements Serving {

        @Override
        public Resolution of(Subject subject) {
            return resolution;
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
        public Resolution of(Subject subject) {
            long hash = bucketer.hash(subject);
            if (hash == Bucketer.NO_KEY) {
                return Steps.Share.NO_KEY;
            }
            int chosen = 0;
            while (hash >= shares.get(chosen).threshold()) {
                chosen++;
            }
            return shares.get(chosen).resolution();
        }
    }
}
