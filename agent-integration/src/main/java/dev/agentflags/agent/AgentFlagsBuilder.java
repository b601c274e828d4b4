package dev.agentflags.agent;

import dev.agentflags.agent.config.AgentConfig;
import dev.agentflags.agent.config.ConfigRules;
import dev.agentflags.agent.context.ContextMapping;
import dev.agentflags.agent.conversation.PinStore;
import dev.agentflags.agent.outcome.ErrorClassifier;
import dev.agentflags.agent.outcome.OutcomeListener;
import dev.openfeature.sdk.Client;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Collects which flags decide what. They take effect in the order in which they are declared, each on what the ones
 * before it left. Not safe for use by many threads.
 */
public final class AgentFlagsBuilder {

    private static final int MAX_NAME = 64;

    private final Client client;
    private final String agent;
    private final AgentConfig base;
    private final Map<String, Function<ConfigRules, Step>> steps = new LinkedHashMap<>();
    private final Set<String> everyTurn = new LinkedHashSet<>();
    private boolean bundled;
    private boolean modelOrToolsByValue;

    private @Nullable ConfigRules rules;
    private Set<String> offVariants = Set.of("off");
    private ContextMapping mapping = ContextMapping.defaults();
    private PinStore pins = PinStore.inMemory(10_000, Duration.ofHours(2));
    private ErrorClassifier classifier = ErrorClassifier.standard();
    private final List<OutcomeListener> listeners = new ArrayList<>();
    private boolean tracking = true;
    private int queueCapacity = 10_000;
    private Duration abandonAfter = Duration.ofMinutes(10);
    private LongSupplier nanoTime = System::nanoTime;
    private @Nullable ScheduledExecutorService scheduler;

    AgentFlagsBuilder(Client client, String agent, AgentConfig base) {
        if (agent.isBlank() || agent.length() > MAX_NAME) {
            throw new IllegalArgumentException(
                    "expected an agent's name of 1 to " + MAX_NAME + " characters, found " + agent.length());
        }
        this.client = client;
        this.agent = agent;
        this.base = base;
    }

    /**
     * Lets a boolean flag switch a change on, such as {@code c -> c.addTool("code_interpreter")}.
     *
     * @param change a pure function, called once now and then whenever the flag is on; must not return null
     * @throws IllegalArgumentException if the flag was declared before, or the change fails on the code's configuration
     */
    public AgentFlagsBuilder when(String flag, UnaryOperator<AgentConfig> change) {
        AgentConfig changed = tried(flag, change);
        return declare(flag, allowed -> {
            String problem = allowed.problem(changed, base);
            if (problem != null) {
                throw new IllegalStateException(flag + ": " + problem);
            }
            return Step.toggle(flag, change);
        });
    }

    private AgentConfig tried(String flag, UnaryOperator<AgentConfig> change) {
        try {
            return Objects.requireNonNull(change.apply(base));
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(flag + ": the change fails on the agent's own configuration", e);
        }
    }

    /**
     * Lets a string flag name the model; one that {@link #rules} allow.
     *
     * @throws IllegalArgumentException if the flag was declared before
     */
    public AgentFlagsBuilder modelFrom(String flag) {
        modelOrToolsByValue = true;
        return declare(flag, allowed -> Step.model(flag, allowed));
    }

    /**
     * Lets a string flag be the system prompt, or a template of it.
     *
     * @throws IllegalArgumentException if the flag was declared before
     */
    public AgentFlagsBuilder systemPromptFrom(String flag) {
        return declare(flag, allowed -> Step.systemPrompt(flag, allowed));
    }

    /**
     * Lets an object flag list the tools: {@code ["search"]} or {@code {"tools": ["search"]}}; ones that {@link #rules}
     * allow.
     *
     * @throws IllegalArgumentException if the flag was declared before
     */
    public AgentFlagsBuilder toolsFrom(String flag) {
        modelOrToolsByValue = true;
        return declare(flag, allowed -> Step.tools(flag, allowed));
    }

    /**
     * Lets an object flag set the parameters: {@code {"temperature": 0.2}}.
     *
     * @throws IllegalArgumentException if the flag was declared before
     */
    public AgentFlagsBuilder parametersFrom(String flag) {
        return declare(flag, allowed -> Step.parameters(flag, allowed));
    }

    /**
     * Lets one object flag be the whole configuration: {@code {"model": …, "system_prompt": …, "tools": …,
     * "parameters": …}}. One variant is then one label and one thing to take back, and no prompt meets a model that it
     * was not tried with. A field that is absent is left as it is; a value with any problem is refused as a whole.
     *
     * @throws IllegalArgumentException if the flag was declared before
     * @throws IllegalStateException if another flag is the whole configuration already
     */
    public AgentFlagsBuilder configFrom(String flag) {
        if (bundled) {
            throw new IllegalStateException(flag + ": another flag is the whole configuration already");
        }
        bundled = true;
        modelOrToolsByValue = true;
        return declare(flag, allowed -> Step.bundle(flag, allowed));
    }

    private AgentFlagsBuilder declare(String flag, Function<ConfigRules, Step> step) {
        if (flag.isBlank()) {
            throw new IllegalArgumentException("expected a flag's key, found \"" + flag + "\"");
        }
        if (steps.putIfAbsent(flag, step) != null) {
            throw new IllegalArgumentException("expected each flag once, found \"" + flag + "\" again");
        }
        return this;
    }

    /**
     * Sets what flags may put into the configuration; has to be set where a flag's value names models or tools. Changes
     * in the code are held to it too.
     */
    public AgentFlagsBuilder rules(ConfigRules rules) {
        this.rules = rules;
        return this;
    }

    /**
     * Sets which variants of string and object flags mean "the code's own configuration", so that their values are not
     * used; {@code off} unless set. Without any, the value of every variant is used, that of {@code off} too. Toggles are
     * off where they are false.
     *
     * <p>The name has to be the served variant's. The SDK's {@code InMemoryProvider} names its default variant for whatever
     * a {@code contextEvaluator} returns; of texts and objects that cannot be told from here.
     */
    public AgentFlagsBuilder offVariants(String... names) {
        this.offVariants = Set.of(names);
        return this;
    }

    /**
     * Decides these flags anew at every turn, on and off alike: no conversation keeps what they said. For what has to
     * reach conversations that are under way, such as a toggle to a smaller model while the large one is down. For all
     * flags, {@link #pins} with {@link PinStore#none()}.
     *
     * @param flags declared before {@link #build}, sooner or later than this
     */
    public AgentFlagsBuilder everyTurn(String... flags) {
        everyTurn.addAll(List.of(flags));
        return this;
    }

    /** Sets under which names a caller's parts go to OpenFeature; {@link ContextMapping#defaults()} unless set. */
    public AgentFlagsBuilder mapping(ContextMapping mapping) {
        this.mapping = mapping;
        return this;
    }

    /** Sets what remembers conversations; in memory, 10,000 of them, for 2 hours without a turn, unless set. */
    public AgentFlagsBuilder pins(PinStore pins) {
        this.pins = pins;
        return this;
    }

    /** Sets who tells whose fault an error was; {@link ErrorClassifier#standard()} unless set. */
    public AgentFlagsBuilder classifier(ErrorClassifier classifier) {
        this.classifier = classifier;
        return this;
    }

    /** Adds one to be told how runs ended. */
    public AgentFlagsBuilder listener(OutcomeListener listener) {
        listeners.add(listener);
        return this;
    }

    /** Reports nothing through OpenFeature's tracking API, as it otherwise does. */
    public AgentFlagsBuilder withoutTracking() {
        this.tracking = false;
        return this;
    }

    /**
     * Sets how many outcomes may wait for each listener; 10,000 unless set.
     *
     * @throws IllegalArgumentException if less than 1
     */
    public AgentFlagsBuilder queueCapacity(int queueCapacity) {
        if (queueCapacity < 1) {
            throw new IllegalArgumentException("queueCapacity: expected at least 1, found " + queueCapacity);
        }
        this.queueCapacity = queueCapacity;
        return this;
    }

    /**
     * Sets after how long without a report a run that nobody ended is abandoned; 10 minutes unless set.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public AgentFlagsBuilder abandonAfter(Duration abandonAfter) {
        if (abandonAfter.isZero() || abandonAfter.isNegative()) {
            throw new IllegalArgumentException("abandonAfter: expected a positive time, found " + abandonAfter);
        }
        this.abandonAfter = abandonAfter;
        return this;
    }

    /**
     * Sets what delivers outcomes and ends abandoned runs; it is not shut down with the agent's flags, and delivers what
     * they leave behind. Daemon threads of their own, one more than there are listeners, unless set.
     */
    public AgentFlagsBuilder scheduler(ScheduledExecutorService scheduler) {
        this.scheduler = scheduler;
        return this;
    }

    /** Sets the clock that runs are timed with, in nanoseconds from anywhere; {@link System#nanoTime} unless set. */
    public AgentFlagsBuilder nanoTime(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        return this;
    }

    /**
     * Makes the agent's flags.
     *
     * @throws IllegalStateException if a flag's value names models or tools and no {@link #rules} say which are allowed, if
     *     a change in the code breaks them, or if {@link #everyTurn} names a flag that was not declared
     */
    public AgentFlags build() {
        if (modelOrToolsByValue && rules == null) {
            throw new IllegalStateException("a flag's value names models or tools: say which ones are allowed with"
                    + " rules(ConfigRules.allowing(models, tools))");
        }
        for (String flag : everyTurn) {
            if (!steps.containsKey(flag)) {
                throw new IllegalStateException("everyTurn: expected a flag that is declared, found \"" + flag + "\"");
            }
        }
        ConfigRules allowed = rules == null ? ConfigRules.lenient() : rules;
        var declared = steps.values().stream().map(step -> step.apply(allowed)).toList();
        var told = new ArrayList<>(listeners);
        if (tracking) {
            told.add(new TrackingListener(client, mapping));
        }
        OutcomeDelivery delivery = scheduler == null
                ? OutcomeDelivery.onOwnThreads(agent, told, queueCapacity)
                : OutcomeDelivery.on(scheduler, told, queueCapacity);
        return new AgentFlags(
                new TurnPlan(client, base, declared, allowed, offVariants, everyTurn),
                mapping,
                pins,
                new Runs(agent, nanoTime, classifier, abandonAfter, delivery),
                delivery);
    }
}
