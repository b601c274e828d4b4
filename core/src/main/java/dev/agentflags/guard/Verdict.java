package dev.agentflags.guard;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the evidence of all metrics of a rollout comes to.
 *
 * <p>It is a verdict on this moment: evidence that has reached its limit may sink again, so whoever acts on {@link Worse}
 * must not wait for a second one.
 */
public sealed interface Verdict {

    /**
     * The treatment is worse.
     *
     * @param metric which one says so most
     * @param eValue the weighted average over all metrics
     * @param limit what it had to reach
     */
    record Worse(String metric, double eValue, double limit) implements Verdict {}

    /** Every metric has been shown to be within its margin. */
    record Safe() implements Verdict {}

    /** Neither: keep waiting. Never a reason to advance. */
    record Undecided() implements Verdict {}

    /**
     * One metric's evidence.
     *
     * @param name of the metric
     * @param weight its share of α, relative to the others', above 0
     * @param worse evidence against "no worse", over the whole rollout
     * @param safe evidence against "worse than the margin allows", of this stage; null if the stage cannot be left by itself
     */
    record Metric(
            String name,
            double weight,
            Evidence worse,
            @Nullable Evidence safe) {}

    /**
     * Returns the verdict on a rollout.
     *
     * <p>Worse when the <em>weighted average</em> of the e-values reaches 1/α: an average of e-values is one, whatever they
     * have to do with each other, and never less than what Bonferroni's correction leaves. Safe when <em>every</em> metric
     * has its own evidence, which needs no correction (intersection-union). Worse goes first.
     */
    static Verdict on(List<Metric> metrics, Levels levels) {
        double weights = metrics.stream().mapToDouble(Metric::weight).sum();
        double average = metrics.stream()
                .mapToDouble(metric -> metric.weight() / weights * eValue(metric))
                .sum();
        if (average >= levels.killLimit()) {
            Metric cause = metrics.stream()
                    .max(Comparator.comparingDouble(metric ->
                            Math.log(metric.weight()) + metric.worse().process().logEValue()))
                    .orElseThrow();
            return new Worse(cause.name(), average, levels.killLimit());
        }
        boolean safe = !metrics.isEmpty() && metrics.stream().allMatch(metric -> isSafe(metric.safe(), levels));
        return safe ? new Safe() : new Undecided();
    }

    private static double eValue(Metric metric) {
        return metric.worse().process().eValue();
    }

    private static boolean isSafe(@Nullable Evidence safe, Levels levels) {
        return safe != null
                && safe.counted().units(Arm.TREATMENT) >= levels.minTreated()
                && safe.process().eValue() >= levels.advanceLimit();
    }
}
