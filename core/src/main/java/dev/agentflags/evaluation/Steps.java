package dev.agentflags.evaluation;

import dev.agentflags.evaluation.Resolution.Failed;
import dev.agentflags.evaluation.Resolution.Failure;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The steps there are. */
final class Steps {

    private Steps() {}

    /** Decides alike for every subject: the kill switch, the status off, and what is left for nobody else. */
    record Always(Row row, Resolution resolution, String why) implements Step {

        @Override
        public Resolution decide(@Nullable String user, Subject subject) {
            return resolution;
        }

        @Override
        public boolean asksForMore() {
            return false;
        }

        @Override
        public String explain(Subject subject) {
            return why;
        }
    }

    /**
     * Decides for subjects that a required flag is not on for.
     *
     * @param flags the required ones and those that they require, each without its own {@code Requires}
     */
    record Requires(List<CompiledFlag> flags, Resolution off) implements Step {

        @Override
        public Row row() {
            return Row.REQUIRED;
        }

        @Override
        public @Nullable Resolution decide(@Nullable String user, Subject subject) {
            return missing(user, subject) == null ? null : off;
        }

        private @Nullable CompiledFlag missing(@Nullable String user, Subject subject) {
            for (CompiledFlag flag : flags) {
                if (!flag.isOn(user, subject)) {
                    return flag;
                }
            }
            return null;
        }

        @Override
        public boolean asksForMore() {
            return flags.stream().anyMatch(flag -> !flag.asksForUserOnly());
        }

        @Override
        public String explain(Subject subject) {
            CompiledFlag missing = missing(subject.user(), subject);
            return missing == null ? "all are on" : "\"" + missing.key() + "\" is not on";
        }
    }

    /** Decides for subjects whose user is in a list. */
    record Users(Row row, Set<String> users, Serving serving) implements Step {

        @Override
        public @Nullable Resolution decide(@Nullable String user, Subject subject) {
            return user != null && users.contains(user) ? serving.of(user, subject) : null;
        }

        @Override
        public boolean asksForMore() {
            return serving.asksForMore();
        }

        @Override
        public String explain(Subject subject) {
            return Steps.listed(subject.user(), users.size());
        }
    }

    /** Decides for subjects whose plan is in a list. */
    record Plans(Set<String> plans, Serving serving) implements Step {

        @Override
        public Row row() {
            return Row.TARGETED_PLANS;
        }

        @Override
        public @Nullable Resolution decide(@Nullable String user, Subject subject) {
            String plan = subject.plan();
            return plan != null && plans.contains(plan) ? serving.of(user, subject) : null;
        }

        @Override
        public boolean asksForMore() {
            return true;
        }

        @Override
        public String explain(Subject subject) {
            String plan = subject.plan();
            return (plan == null ? "no plan" : "plan \"" + plan + "\"") + ", listed are " + List.copyOf(plans);
        }
    }

    /** Decides for subjects that a rule's condition holds of. */
    record Rule(String id, Matcher when, Resolution resolution) implements Step {

        @Override
        public Row row() {
            return Row.RULES;
        }

        @Override
        public @Nullable Resolution decide(@Nullable String user, Subject subject) {
            return when.matches(subject) ? resolution : null;
        }

        @Override
        public boolean asksForMore() {
            return true;
        }

        @Override
        public String explain(Subject subject) {
            return "\"" + id + "\" " + (when.matches(subject) ? "holds" : "does not hold");
        }
    }

    /** Decides for everyone, when the flag is on. */
    record Everyone(Serving serving) implements Step {

        @Override
        public Row row() {
            return Row.EVERYONE;
        }

        @Override
        public Resolution decide(@Nullable String user, Subject subject) {
            return serving.of(user, subject);
        }

        @Override
        public boolean asksForMore() {
            return serving.asksForMore();
        }

        @Override
        public String explain(Subject subject) {
            return "yes";
        }
    }

    /**
     * Decides by the subject's bucket.
     *
     * @param threshold the first hash that is not in
     */
    record Share(Bucketer bucketer, long threshold, double percentage, Serving in, Resolution out) implements Step {

        /** What a subject gets that lacks what the flag buckets by. */
        static final Resolution NO_KEY = new Failed(
                Failure.TARGETING_KEY_MISSING, "the flag buckets by something that the context does not have");

        @Override
        public Row row() {
            return Row.PERCENTAGE;
        }

        @Override
        public Resolution decide(@Nullable String user, Subject subject) {
            long hash = bucketer.hash(user, subject);
            if (hash == Bucketer.NO_KEY) {
                return NO_KEY;
            }
            return hash < threshold ? in.of(user, subject) : out;
        }

        /** Returns where in 0 to 100 the subject lies, or null where it has nothing to bucket by. */
        @Nullable
        Double bucket(Subject subject) {
            long hash = bucketer.hash(subject.user(), subject);
            return hash == Bucketer.NO_KEY ? null : Bucket.percent(hash);
        }

        @Override
        public boolean asksForMore() {
            return bucketer.asksForMore() || in.asksForMore();
        }

        @Override
        public String explain(Subject subject) {
            Double bucket = bucket(subject);
            return bucket == null
                    ? "no " + bucketer.by() + " to bucket by"
                    : "bucket " + rounded(bucket) + ", in below " + plain(percentage);
        }

        /** Down, so that a bucket never seems to lie beyond the percentage that it is below. */
        private static String rounded(double bucket) {
            return BigDecimal.valueOf(bucket).setScale(4, RoundingMode.FLOOR).toPlainString();
        }

        /** 25, not 25.0. */
        private static String plain(double number) {
            return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
        }
    }

    private static String listed(@Nullable String user, int size) {
        return (user == null ? "no user" : "user \"" + user + "\"") + ", " + size + " listed";
    }
}
