package dev.agentflags.forecast;

import dev.agentflags.guard.Arm;
import dev.agentflags.guard.BinaryBets;
import dev.agentflags.guard.BinaryMarginBets;
import dev.agentflags.guard.Counts;
import dev.agentflags.guard.EProcess;
import dev.agentflags.guard.Levels;
import dev.agentflags.guard.StartRate;
import dev.agentflags.guard.TickRule;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What the guard would do in many simulated rollouts of one scenario, for outcomes that are good or bad and independent.
 *
 * <p>The evidence is the guard's own, and the seeds are fixed: the same scenario gives the same forecast. With some hundred
 * rollouts, a median is within about five percent of what many thousand would give. Immutable.
 */
public final class Forecast {

    private static final long SEED = 20_261_123L;

    private final Scenario scenario;
    private final int runs;

    /**
     * Makes a forecast.
     *
     * @param runs how many rollouts to simulate for each question, at least 1
     */
    public Forecast(Scenario scenario, int runs) {
        this.scenario = scenario;
        this.runs = runs;
    }

    /**
     * Returns after how many treated outcomes a regression is stopped that is there from a stage's beginning, if the rollout never
     * left it and there was no other before.
     *
     * @param treatment rate of bad outcomes with the new behaviour
     */
    public Spread treatedUntilStopped(Scenario.Stage stage, double treatment) {
        return Spread.of(simulated(random -> treatedUntilStopped(stage, treatment, random)).stream()
                .mapToDouble(Double::doubleValue)
                .toArray());
    }

    private double treatedUntilStopped(Scenario.Stage stage, double treatment, SplittableRandom random) {
        var feed = new Feed(scenario.rate(), treatment, random);
        EProcess worse = worse();
        double limit = Math.log(scenario.levels().killLimit());
        while (feed.outcomes() < scenario.horizon()) {
            Counts block = feed.next(stage.share());
            if (block != null) {
                double before = worse.logEValue();
                worse = worse.after(block);
                if (worse.logEValue() >= limit) {
                    double part = (limit - before) / (worse.logEValue() - before);
                    return Math.ceil(feed.treated() - (1 - part) * excess(block));
                }
            }
        }
        return Double.POSITIVE_INFINITY;
    }

    /** Returns by how many treated outcomes a block is larger than the guard would have made it, at its largest. */
    private static double excess(Counts block) {
        double treated = block.units(Arm.TREATMENT);
        return treated - treated * Math.min(1, (double) TickRule.ENOUGH_OUTCOMES / block.units());
    }

    private EProcess worse() {
        return EProcess.start(new BinaryBets(StartRate.UNKNOWN, scenario.tolerance()));
    }

    /**
     * Returns how rollouts go through all stages.
     *
     * @param treatment rate of bad outcomes with the new behaviour; the scenario's own for one that is harmless
     */
    public List<Course> courses(double treatment) {
        return simulated(random -> course(new Feed(scenario.rate(), treatment, random)));
    }

    private Course course(Feed feed) {
        EProcess worse = worse();
        EProcess safe = null;
        List<Course.Visit> visits = new ArrayList<>();
        for (Scenario.Stage stage : scenario.stages()) {
            feed.clear();
            safe = safe(stage, safe);
            long outcomesBefore = feed.outcomes();
            long treatedBefore = feed.treated();
            double treatedUntilSafe = Double.POSITIVE_INFINITY;
            Course.End end = Course.End.UNDECIDED;
            while (end == Course.End.UNDECIDED && feed.outcomes() < scenario.horizon()) {
                Counts block = feed.next(stage.share());
                if (block != null) {
                    worse = worse.after(block);
                    safe = safe.after(block);
                    long treated = feed.treated() - treatedBefore;
                    boolean isSafe = isSafe(safe, treated);
                    treatedUntilSafe = isSafe ? Math.min(treatedUntilSafe, (double) treated) : treatedUntilSafe;
                    if (worse.eValue() >= scenario.levels().killLimit()) {
                        end = Course.End.STOPPED;
                    } else if (isSafe
                            && treated >= stage.minTreated()
                            && feed.outcomes() - outcomesBefore >= stage.minOutcomes()) {
                        end = Course.End.DONE;
                    }
                }
            }
            visits.add(new Course.Visit(
                    feed.outcomes() - outcomesBefore, feed.treated() - treatedBefore, treatedUntilSafe));
            if (end != Course.End.DONE) {
                return new Course(end, feed.outcomes(), feed.treated(), visits);
            }
        }
        return new Course(Course.End.DONE, feed.outcomes(), feed.treated(), visits);
    }

    private static EProcess safe(Scenario.Stage stage, @Nullable EProcess before) {
        var bets = new BinaryMarginBets(StartRate.UNKNOWN, stage.margin());
        return before == null ? EProcess.start(bets) : EProcess.start(bets, before);
    }

    private boolean isSafe(EProcess safe, long treated) {
        Levels levels = scenario.levels();
        return treated >= levels.minTreated() && safe.eValue() >= levels.advanceLimit();
    }

    private <T> List<T> simulated(Function<SplittableRandom, T> run) {
        return IntStream.range(0, runs)
                .parallel()
                .mapToObj(i -> run.apply(new SplittableRandom(new SplittableRandom(SEED + i).nextLong())))
                .toList();
    }
}
