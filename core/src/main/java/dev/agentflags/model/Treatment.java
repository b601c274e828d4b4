package dev.agentflags.model;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Which variant a flag serves to those for whom it is on. */
public sealed interface Treatment {

    /** One variant for all of them. */
    record Single(String variant) implements Treatment {}

    /**
     * Several variants, each for its share.
     *
     * @param weights by name of variant, in the order of the names, so that reordering a document moves nobody; finite, 0
     *     or more, and not all 0
     */
    record Split(SortedMap<String, Double> weights) implements Treatment {

        public Split {
            weights = Collections.unmodifiableSortedMap(new TreeMap<>(weights));
        }

        /** Returns a split with these weights. */
        public static Split of(Map<String, Double> weights) {
            return new Split(new TreeMap<>(weights));
        }
    }
}
