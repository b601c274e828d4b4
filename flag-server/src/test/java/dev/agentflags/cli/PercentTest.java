package dev.agentflags.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PercentTest {

    @Test
    void never_makes_little_look_like_nothing() {
        assertThat(Percent.share(0, 10)).isEqualTo("0.00 %");
        assertThat(Percent.share(1, 1_000_000)).isEqualTo("< 0.01 %");
        assertThat(Percent.share(999_999, 1_000_000)).isEqualTo("> 99.99 %");
        assertThat(Percent.share(1, 1)).isEqualTo("100.00 %");
    }

    @Test
    void never_puts_a_bucket_on_the_wrong_side() {
        assertThat(Percent.bucket(24.999999, 25)).isEqualTo("24.9999 < 25");
        assertThat(Percent.bucket(25, 25)).isEqualTo("25.0000 ≥ 25");
    }
}
