package dev.agentflags.guard;

import java.util.List;

/** Bets on how outcomes spread over ordered categories: what they start from, and all that is remembered of the control. */
abstract sealed class OrderedCategoryBets extends Bets permits OrderedBets, OrderedMarginBets {

    final StartShares start;

    OrderedCategoryBets(StartShares start) {
        this.start = start;
    }

    @Override
    public final List<Double> parameters() {
        return start.toList();
    }

    @Override
    public final int categories() {
        return start.shares().size();
    }

    @Override
    final ControlMemory memory() {
        return ControlMemory.none(categories());
    }

    @Override
    final ControlMemory remember(Counts block, ControlMemory before) {
        return before.plus(block);
    }
}
