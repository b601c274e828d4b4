package dev.agentflags.benchmarks.peers.togglz;

import dev.agentflags.benchmarks.peers.Answers;
import dev.agentflags.benchmarks.peers.Flags;
import dev.agentflags.benchmarks.peers.Peer;
import java.nio.file.Path;
import java.util.List;
import org.togglz.core.Feature;
import org.togglz.core.activation.GradualActivationStrategy;
import org.togglz.core.activation.UsernameActivationStrategy;
import org.togglz.core.manager.FeatureManager;
import org.togglz.core.manager.FeatureManagerBuilder;
import org.togglz.core.repository.FeatureState;
import org.togglz.core.repository.mem.InMemoryStateRepository;
import org.togglz.core.user.FeatureUser;
import org.togglz.core.user.SimpleFeatureUser;
import org.togglz.core.user.thread.ThreadLocalUserProvider;

/** Togglz over a state in memory; who asks is bound to the thread before each question. */
public final class Togglz implements Peer {

    /** Makes the peer, for {@link java.util.ServiceLoader}. */
    public Togglz() {}

    @Override
    public String name() {
        return "togglz";
    }

    @Override
    public Answers start(Path directory) {
        var states = new InMemoryStateRepository();
        states.setFeatureState(new FeatureState(Features.ROLLOUT, true)
                .setStrategyId(GradualActivationStrategy.ID)
                .setParameter(GradualActivationStrategy.PARAM_PERCENTAGE, "25"));
        states.setFeatureState(new FeatureState(Features.LISTED, true)
                .setStrategyId(UsernameActivationStrategy.ID)
                .setParameter(UsernameActivationStrategy.PARAM_USERS, String.join(",", Flags.listed())));
        return new ByOwnApi(FeatureManagerBuilder.begin()
                .featureEnum(Features.class)
                .stateRepository(states)
                .userProvider(new ThreadLocalUserProvider())
                .build());
    }

    /** The measured flags; Togglz's are constants. */
    public enum Features implements Feature {
        /** On for 25 % of the users. */
        ROLLOUT,
        /** On for the listed users. */
        LISTED
    }

    private record ByOwnApi(FeatureManager features, List<FeatureUser> users) implements Answers {

        ByOwnApi(FeatureManager features) {
            this(features, Flags.users(user -> new SimpleFeatureUser(Flags.user(user))));
        }

        @Override
        public boolean rollout(int user) {
            return isActive(Features.ROLLOUT, user);
        }

        @Override
        public boolean listed(int user) {
            return isActive(Features.LISTED, user);
        }

        private boolean isActive(Features feature, int user) {
            ThreadLocalUserProvider.bind(users.get(user));
            try {
                return features.isActive(feature);
            } finally {
                ThreadLocalUserProvider.release();
            }
        }

        @Override
        public void close() {
            // has no threads
        }
    }
}
