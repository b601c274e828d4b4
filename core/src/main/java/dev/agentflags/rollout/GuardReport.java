package dev.agentflags.rollout;

import dev.agentflags.guard.RateInterval;
import dev.agentflags.model.GuardMetric.Action;
import dev.agentflags.model.GuardMetric.Name;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one guarded rollout stands, for people. Immutable.
 *
 * @param flag the flag's key
 * @param rollout counts the flag's rollouts, from 1; each began without evidence
 * @param at when this was so
 * @param state how it stands
 * @param waiting what for, where it is holding; otherwise null
 * @param waitsFor what has to happen before it goes on, in words
 * @param dryRun whether the guard only says what it would do
 * @param percentage of the present stage
 * @param nextPercentage of the next stage, null where there is none
 * @param stageSince when the present stage was entered
 * @param units what an outcome belongs to, in words: users
 * @param evidence that it is worse, over all metrics, from 0; 1 at the start
 * @param limit where it is stopped: 1/α
 * @param advanceLimit what each metric's evidence that it is safe must reach
 * @param stopped why it was stopped; null if it was not
 * @param metrics each by itself
 */
public record GuardReport(
        String flag,
        long rollout,
        Instant at,
        State state,
        @Nullable Waiting waiting,
        String waitsFor,
        boolean dryRun,
        double percentage,
        @Nullable Double nextPercentage,
        Instant stageSince,
        String units,
        double evidence,
        double limit,
        double advanceLimit,
        @Nullable String stopped,
        List<Metric> metrics) {

    public GuardReport {
        metrics = List.copyOf(metrics);
    }

    /**
     * One metric.
     *
     * @param name which
     * @param action what happens on evidence that it is worse
     * @param weight its share of α, 0 to 1
     * @param evidence that it is worse, over the whole rollout
     * @param safe evidence that it is safe to leave the present stage; null where there is none yet, or no next stage
     * @param goal what that would show, in words
     * @param treatedInStage how many units that evidence has of those who have the new behaviour
     * @param treatment those who have the new behaviour, over the whole rollout
     * @param control those who do not
     */
    public record Metric(
            Name name,
            Action action,
            double weight,
            double evidence,
            @Nullable Double safe,
            String goal,
            long treatedInStage,
            Group treatment,
            Group control) {}

    /**
     * The units of one arm.
     *
     * @param units how many were counted
     * @param bad how many of them met something bad, or of an amount, more than {@code above}
     * @param above an amount that nineteen in twenty units of the control have not exceeded; null where it is a share
     */
    public record Group(long units, long bad, @Nullable Double above) {

        /**
         * Returns a range that has the share of the bad in it, at all times at once, whenever one looks.
         *
         * @param alpha the probability that it ever has not
         */
        public RateInterval interval(double alpha) {
            return RateInterval.of(units, bad, alpha);
        }
    }
}
