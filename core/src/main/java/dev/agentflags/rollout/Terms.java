package dev.agentflags.rollout;

import dev.agentflags.model.Flag;
import dev.agentflags.model.Guard;
import dev.agentflags.model.Pause;
import dev.agentflags.model.Rollout;
import dev.agentflags.model.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a guarded flag says of its rollout.
 *
 * @param flag which has a guard
 */
record Terms(Flag flag) {

    /** How long a stage lasts at least where the flag does not say, so that slow outcomes have arrived. */
    static final Duration MIN_DURATION = Duration.ofMinutes(30);

    /** How many units of the new behaviour a stage needs at least where the flag does not say. */
    static final long MIN_UNITS = 30;

    private static final double EVERYONE = 100;

    Guard guard() {
        return Objects.requireNonNull(flag.guard());
    }

    boolean isDryRun() {
        return guard().mode() == Guard.Mode.DRY_RUN;
    }

    /** Whether outcomes belong to units; otherwise each stands for itself. */
    boolean isByUnit() {
        return !Guard.EVENT.equals(guard().unit());
    }

    /** Returns the share that the flag is on for, lists and rules apart. */
    double percentage() {
        if (flag.status() == Status.PERCENTAGE) {
            return flag.percentage();
        }
        return flag.status() == Status.ON ? EVERYONE : 0;
    }

    private List<Double> stages() {
        return (flag.rollout() == null ? Rollout.DEFAULT : flag.rollout()).stages();
    }

    /** Returns the percentage of the next stage, or null where there is none. */
    @Nullable
    Double next() {
        double now = percentage();
        return stages().stream().filter(stage -> stage > now).findFirst().orElse(null);
    }

    Duration minDuration() {
        Rollout rollout = flag.rollout();
        return rollout == null || rollout.minDuration() == null ? MIN_DURATION : rollout.minDuration();
    }

    long minUnits() {
        Rollout rollout = flag.rollout();
        return rollout == null || rollout.minUnits() == null ? MIN_UNITS : rollout.minUnits();
    }

    /** Returns when the present stage was entered, as far as the flag tells; otherwise now. */
    Instant stageSince(Instant now) {
        Instant said = flag.rollout() == null ? null : flag.rollout().stageSince();
        return said == null || said.isAfter(now) ? now : said;
    }

    /** Returns why somebody has it held where it is, or null where nobody has. */
    @Nullable
    Pause paused() {
        return flag.rollout() == null ? null : flag.rollout().paused();
    }

    /** Returns why a person has to take the flag to the next stage, or null where none has to. */
    @Nullable
    String approval(double next) {
        Pause pause = paused();
        if (pause != null) {
            return Wording.paused(pause);
        }
        Double from = guard().approvalFrom();
        if (guard().advance() == Guard.Advance.MANUAL) {
            return "only people advance it";
        }
        if (from != null && next >= from) {
            return "from " + Wording.percent(from) + " on a person must approve";
        }
        return isDryRun() ? "the guard is on a dry run" : null;
    }

    /** Whether the evidence that it is safe to go on would be of something else. */
    boolean asksForOther(Terms other) {
        return guard().harmBudget() != other.guard().harmBudget() || !Objects.equals(next(), other.next());
    }
}
