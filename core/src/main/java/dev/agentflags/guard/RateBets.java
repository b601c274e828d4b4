package dev.agentflags.guard;

import java.util.List;

/** Bets on rates, of outcomes or of users, one in each arm: what they start from, and the pairs of rates that a margin allows. */
abstract sealed class RateBets extends Bets permits BinaryBets, BinaryMarginBets, UserMeanBets {

    final StartRate start;
    final Margin margin;

    RateBets(StartRate start, Margin margin) {
        this.start = start;
        this.margin = margin;
    }

    /** Returns the start rate that was written as the first two of these parameters. */
    static StartRate start(List<Double> parameters) {
        return new StartRate(parameters.get(0), parameters.get(1));
    }

    /** Returns the margin that was written as the other two of these parameters. */
    static Margin margin(List<Double> parameters) {
        return new Margin(parameters.get(2), parameters.get(3));
    }

    @Override
    public final List<Double> parameters() {
        return List.of(start.rate(), start.weight(), margin.ratio(), margin.points());
    }

    /** Of the good part and the bad part. */
    @Override
    final ControlMemory memory() {
        return ControlMemory.none(2);
    }
}
