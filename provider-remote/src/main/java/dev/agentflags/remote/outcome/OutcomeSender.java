package dev.agentflags.remote.outcome;

import dev.agentflags.outcome.Outcome;
import dev.agentflags.outcome.OutcomeBatch;
import dev.agentflags.outcome.OutcomeSink;
import dev.agentflags.outcome.Rounds;
import dev.agentflags.snapshot.Snapshot;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends outcomes to whoever guards for many processes, on one daemon thread, a few times a second. What cannot be sent is kept and
 * sent again, with growing pauses; what there is no room for is dropped and counted. Safe for use by many threads.
 */
public final class OutcomeSender implements OutcomeSink {

    private static final Logger LOG = LoggerFactory.getLogger(OutcomeSender.class);

    private static final int CAPACITY = 65_536;
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LAST_PAUSE = Duration.ofSeconds(30);
    private static final Duration NOBODY_PAUSE = Duration.ofMinutes(5);

    /** How long closing waits for what is left to be sent; then it is given up. */
    private static final Duration PATIENCE = Duration.ofMillis(600);

    /** How long it waits for that. */
    private static final Duration GIVE_UP = Duration.ofMillis(200);

    private final String name;
    private final Delivery delivery;
    private final LongSupplier nanos;
    private final Outbox outbox;
    private final Queue<Supplier<List<Outcome>>> reports = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final LongAdder dropped = new LongAdder();
    private final Rounds rounds;

    private Duration pause = Duration.ZERO;
    private long due;
    private boolean isFailing;

    private OutcomeSender(String name, Delivery delivery, LongSupplier nanos, Outbox outbox) {
        this.name = name;
        this.delivery = delivery;
        this.nanos = nanos;
        this.outbox = outbox;
        this.due = nanos.getAsLong();
        this.rounds = new Rounds(name + "-outcomes", LOOK_EVERY, PATIENCE, this::round, this::round);
    }

    /**
     * Makes a sender that is not started yet.
     *
     * @param name what the thread is named after
     */
    public static OutcomeSender of(String name, Delivery delivery) {
        return of(name, delivery, System::nanoTime, UUID.randomUUID().toString());
    }

    static OutcomeSender of(String name, Delivery delivery, LongSupplier nanos, String process) {
        return new OutcomeSender(name, delivery, nanos, new Outbox(process));
    }

    @Override
    public void start() {
        rounds.start();
    }

    /** Whatever goes wrong, this thread must live. Called by one thread at a time. */
    void round() {
        try {
            gather();
            OutcomeBatch batch = outbox.next();
            while (batch != null && nanos.getAsLong() - due >= 0) {
                settle(delivery.send(batch));
                gather();
                batch = outbox.next();
            }
        } catch (RuntimeException | Error e) {
            LOG.warn("{}: outcomes cannot be sent for a reason that nobody expected", name, e);
        }
    }

    private void gather() {
        outbox.lose(dropped.sumThenReset());
        for (var report = reports.poll(); report != null; report = reports.poll()) {
            waiting.decrementAndGet();
            outbox.add(report.get());
        }
    }

    private void settle(Delivery.Fate fate) {
        switch (fate) {
            case TAKEN -> {
                outbox.taken();
                goOn(Duration.ZERO);
            }
            case REFUSED -> {
                outbox.refused();
                LOG.warn("{}: the server refuses outcomes, they are dropped", name);
                goOn(FIRST_PAUSE);
            }
            case NOBODY -> {
                outbox.clear();
                goOn(NOBODY_PAUSE);
            }
            case LATER -> {
                tell("{}: outcomes cannot be sent at present, and are kept");
                Duration next = pause.isZero() ? FIRST_PAUSE : pause.multipliedBy(2);
                wait(next.compareTo(LAST_PAUSE) > 0 ? LAST_PAUSE : next);
            }
        }
    }

    private void goOn(Duration after) {
        if (isFailing) {
            LOG.info("{}: outcomes are sent again", name);
        }
        isFailing = false;
        wait(after);
    }

    private void wait(Duration next) {
        pause = next;
        due = nanos.getAsLong() + next.toNanos();
    }

    private void tell(String problem) {
        if (!isFailing) {
            LOG.warn(problem, name);
        }
        isFailing = true;
    }

    /** Whoever guards sees for itself what is in force. */
    @Override
    public void inForce(Snapshot snapshot) {}

    @Override
    public void report(Supplier<List<Outcome>> outcomes) {
        if (rounds.isClosed() || waiting.get() >= CAPACITY) {
            dropped.increment();
            return;
        }
        waiting.incrementAndGet();
        reports.add(outcomes);
    }

    /** Stops within a second, and sends what is left if the server answers so soon. */
    @Override
    public void close() {
        rounds.close();
        delivery.close();
        rounds.join(GIVE_UP);
    }
}
