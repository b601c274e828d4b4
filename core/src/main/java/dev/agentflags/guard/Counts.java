package dev.agentflags.guard;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.LongBinaryOperator;

/**
 * How many outcomes of each category each arm has had.
 *
 * <p>Categories are numbered from 0, the best, to the worst. Counts only ever grow, so two reports of one process are merged
 * by the larger number in every cell ({@link #mergedWith}) and those of several processes by addition ({@link #plus}): a
 * report that comes twice, late or in another order changes nothing. Immutable.
 */
public final class Counts {

    /** The treatment's and then the control's. */
    private final long[] cells;

    private Counts(long... cells) {
        this.cells = cells;
    }

    /** Returns counts of zero. */
    public static Counts none(int categories) {
        return new Counts(new long[2 * categories]);
    }

    /**
     * Returns these counts, by category.
     *
     * @throws IllegalArgumentException if the arms differ in length or a count is negative
     */
    public static Counts of(long[] treatment, long[] control) {
        if (treatment.length != control.length) {
            throw new IllegalArgumentException(
                    "expected as many categories in both arms, found " + treatment.length + " and " + control.length);
        }
        for (int k = 0; k < treatment.length; k++) {
            if (treatment[k] < 0 || control[k] < 0) {
                throw new IllegalArgumentException("expected counts of at least 0 in category " + k);
            }
        }
        long[] cells = Arrays.copyOf(treatment, 2 * treatment.length);
        System.arraycopy(control, 0, cells, treatment.length, control.length);
        return new Counts(cells);
    }

    /** Returns the counts of an outcome that is good (category 0) or bad (category 1). */
    public static Counts binary(long treated, long treatedBad, long controls, long controlsBad) {
        return of(new long[] {treated - treatedBad, treatedBad}, new long[] {controls - controlsBad, controlsBad});
    }

    /** Returns how many categories there are. */
    public int categories() {
        return cells.length / 2;
    }

    /** Returns one cell. */
    public long count(Arm arm, int category) {
        Objects.checkIndex(category, categories());
        return cells[arm == Arm.TREATMENT ? category : categories() + category];
    }

    /** Returns how many outcomes an arm has had. */
    public long units(Arm arm) {
        long sum = 0;
        for (int k = 0; k < categories(); k++) {
            sum += count(arm, k);
        }
        return sum;
    }

    /** Returns how many outcomes there are. */
    public long units() {
        return units(Arm.TREATMENT) + units(Arm.CONTROL);
    }

    /** Returns whether each arm has had an outcome, without which the arms cannot be compared. */
    public boolean hasBothArms() {
        return units(Arm.TREATMENT) > 0 && units(Arm.CONTROL) > 0;
    }

    /** Returns what is known of one process by two of its reports: the larger number in every cell. */
    public Counts mergedWith(Counts other) {
        return combined(other, Math::max);
    }

    /** Returns the sum, as of two processes. */
    public Counts plus(Counts other) {
        return combined(other, Long::sum);
    }

    /**
     * Returns what has been added since {@code earlier}.
     *
     * @throws IllegalArgumentException if something has been lost since
     */
    public Counts minus(Counts earlier) {
        if (!covers(earlier)) {
            throw new IllegalArgumentException("expected counts that only grow, found " + this + " after " + earlier);
        }
        return combined(earlier, (now, then) -> now - then);
    }

    /** Returns whether no cell is smaller than {@code earlier}'s. */
    public boolean covers(Counts earlier) {
        requireCategoriesOf(earlier);
        for (int i = 0; i < cells.length; i++) {
            if (cells[i] < earlier.cells[i]) {
                return false;
            }
        }
        return true;
    }

    private void requireCategoriesOf(Counts other) {
        if (other.categories() != categories()) {
            throw new IllegalArgumentException("expected " + categories() + " categories, found " + other.categories());
        }
    }

    private Counts combined(Counts other, LongBinaryOperator of) {
        requireCategoriesOf(other);
        long[] combined = new long[cells.length];
        for (int i = 0; i < combined.length; i++) {
            combined[i] = of.applyAsLong(cells[i], other.cells[i]);
        }
        return new Counts(combined);
    }

    /** Returns a copy of an arm's cells. */
    public long[] toArray(Arm arm) {
        long[] cells = new long[categories()];
        for (int k = 0; k < cells.length; k++) {
            cells[k] = count(arm, k);
        }
        return cells;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Counts counts && Arrays.equals(cells, counts.cells);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(cells);
    }

    @Override
    public String toString() {
        return "treatment " + Arrays.toString(toArray(Arm.TREATMENT)) + ", control "
                + Arrays.toString(toArray(Arm.CONTROL));
    }
}
