package dev.agentflags.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FastSetTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 16, 17, 1000})
    void is_a_copy_that_does_not_change(int size) {
        Set<String> original = names(size);
        Set<String> copy = FastSet.copyOf(original);
        original.add("later");
        assertThat(copy).isEqualTo(names(size)).hasSize(size).doesNotContain("later");
        assertThat(names(size)).isEqualTo(copy);
        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> copy.add("x"));
    }

    /** Set.copyOf takes minutes for these. */
    @Test
    @Timeout(60)
    void is_fast_for_many_short_names_whose_hashes_lie_close_together() {
        Set<String> names = FastSet.copyOf(names(1_000_000));
        for (int i = 0; i < 1_000_000; i++) {
            assertThat(names.contains("no" + i)).isFalse();
        }
    }

    /** "Aa" and "BB" have one hash, and so have all texts made of them. */
    @Test
    @Timeout(60)
    void is_fast_for_names_that_were_made_to_have_one_hash() {
        Set<String> made = new HashSet<>(Set.of(""));
        for (int i = 0; i < 15; i++) {
            Set<String> longer = new HashSet<>();
            made.forEach(name -> longer.addAll(Set.of(name + "Aa", name + "BB")));
            made = longer;
        }
        Set<String> copy = FastSet.copyOf(made);
        assertThat(copy).isEqualTo(made).doesNotContain("AaAa", "CCAa");
    }

    @Test
    void of_one_that_is_such_a_set_already_is_the_same() {
        Set<String> names = FastSet.copyOf(names(20));
        assertThat(FastSet.copyOf(names)).isSameAs(names);
    }

    /** Names of four characters, 62 different ones. */
    private static Set<String> names(int count) {
        String alphabet = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
        Set<String> names = new HashSet<>();
        for (int i = 0; i < count; i++) {
            char[] name = new char[4];
            for (int j = 0, rest = i; j < 4; j++, rest /= 62) {
                name[j] = alphabet.charAt(rest % 62);
            }
            names.add(new String(name));
        }
        return names;
    }
}
