package dev.agentflags.benchmarks;

import dev.agentflags.guard.Arm;
import dev.agentflags.guard.Bets;
import dev.agentflags.guard.BinaryBets;
import dev.agentflags.guard.BinaryMarginBets;
import dev.agentflags.guard.Bins;
import dev.agentflags.guard.Counts;
import dev.agentflags.guard.EProcess;
import dev.agentflags.guard.Evidence;
import dev.agentflags.guard.Margin;
import dev.agentflags.guard.OrderedBets;
import dev.agentflags.guard.OutcomeCounters;
import dev.agentflags.guard.StartRate;
import dev.agentflags.guard.StartShares;
import dev.agentflags.guard.UserBets;
import dev.agentflags.guard.UserOutcome;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One outcome counted, and one block of a hundred bet on. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class GuardCost {

    private static final int BLOCK = 100;
    private static final int MASK = 1_023;

    private final Bins bins;
    private final OutcomeCounters binary = new OutcomeCounters(2);
    private final OutcomeCounters ordered;
    private final double[] latencies = new double[MASK + 1];
    private final EProcess binaryBets = EProcess.start(new BinaryBets(StartRate.UNKNOWN, Margin.NONE));
    private final EProcess toleranceBets = EProcess.start(new BinaryBets(StartRate.UNKNOWN, Margin.ofPoints(0.005)));
    private final EProcess marginBets = EProcess.start(new BinaryMarginBets(StartRate.UNKNOWN, Margin.ofPoints(0.04)));
    private final EProcess orderedBets;
    private final EProcess userBets = EProcess.start(new UserBets(StartRate.UNKNOWN));
    private final Counts binaryBlock = Counts.binary(25, 2, 75, 4);
    private final Counts orderedBlock;
    private final Counts userBlock;
    private final Evidence evidence;
    private int next;

    /** Makes the state. */
    public GuardCost() {
        var random = new SplittableRandom(1);
        this.bins = Bins.fromControl(random.doubles(Bins.MIN_OUTCOMES)
                .map(unused -> Math.exp(random.nextGaussian()))
                .toArray());
        this.ordered = new OutcomeCounters(bins.categories());
        Bets bets = new OrderedBets(StartShares.of(bins));
        this.orderedBets = EProcess.start(bets);
        for (int i = 0; i < latencies.length; i++) {
            latencies[i] = Math.exp(random.nextGaussian());
        }
        long[][] amounts = new long[2][bins.categories()];
        long[][] users = new long[2][UserOutcome.CATEGORIES];
        for (int i = 0; i < BLOCK; i++) {
            int arm = i % 4 == 0 ? 0 : 1;
            amounts[arm][bins.category(latencies[i])]++;
            int seen = 1 + random.nextInt(UserOutcome.MAX_SEEN);
            users[arm][new UserOutcome(seen, random.nextInt(4) == 0 ? random.nextInt(seen + 1) : 0).category()]++;
        }
        this.orderedBlock = Counts.of(amounts[0], amounts[1]);
        this.userBlock = Counts.of(users[0], users[1]);
        this.evidence =
                Evidence.start(new BinaryBets(StartRate.UNKNOWN, Margin.NONE)).after(1, binaryBlock);
    }

    private int turn() {
        next = (next + 1) & MASK;
        return next;
    }

    @Benchmark
    public void count_binary() {
        int turn = turn();
        binary.count((turn & 15) == 0 ? Arm.TREATMENT : Arm.CONTROL, (turn & 31) == 5 ? 1 : 0);
    }

    @Benchmark
    public void count_latency() {
        int turn = turn();
        ordered.count((turn & 15) == 0 ? Arm.TREATMENT : Arm.CONTROL, bins.category(latencies[turn]));
    }

    @Benchmark
    public double tick_binary() {
        return binaryBets.after(binaryBlock).logEValue();
    }

    @Benchmark
    public double tick_binary_tolerance() {
        return toleranceBets.after(binaryBlock).logEValue();
    }

    @Benchmark
    public double tick_advance() {
        return marginBets.after(binaryBlock).logEValue();
    }

    @Benchmark
    public double tick_latency() {
        return orderedBets.after(orderedBlock).logEValue();
    }

    @Benchmark
    public double tick_users() {
        return userBets.after(userBlock).logEValue();
    }

    @Benchmark
    public double tick_evidence() {
        return evidence.after(1, binaryBlock.plus(binaryBlock)).process().logEValue();
    }
}
