package dev.agentflags.server.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedisOptionsTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "redis://localhost, redis://localhost:6379/0?flag_set=agentflags",
        "redis://localhost:7000/3?flag_set=support, redis://localhost:7000/3?flag_set=support",
        "rediss://user:p%40ss@redis.example.com/, rediss://redis.example.com:6379/0?flag_set=agentflags",
    })
    void print_where_it_is_without_user_and_password(String url, String printed) {
        assertThat(RedisOptions.builder(url).build()).hasToString(printed);
    }

    @Test
    void take_user_and_password_from_the_url() {
        var config = RedisOptions.builder("redis://us%2Fer:p%40s+s@localhost")
                .build()
                .clientConfig(0);
        var credentials = config.getCredentialsProvider().get();

        assertThat(credentials.getUser()).isEqualTo("us/er");
        assertThat(credentials.getPassword()).containsExactly("p@s+s".toCharArray());
    }

    @Test
    void verify_the_name_in_a_certificate() {
        var config = RedisOptions.builder("rediss://localhost").build().clientConfig(0);

        assertThat(config.getSslOptions().getSslVerifyMode()).hasToString("FULL");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://s3cr3t@localhost",
                "redis:s3cr3t",
                "redis://user:s3cr3t@",
                "redis://:s3cr3t@ho st",
                "redis://:s3cr3t@localhost/one",
                "redis://:s3cr3t@localhost?flag_set=a:b",
                "redis://:s3cr3t@localhost?replicas=-1",
                "redis://:s3cr3t@localhost?flagset=a"
            })
    void refuse_anything_else_without_repeating_it(String url) {
        assertThatThrownBy(() -> RedisOptions.builder(url))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .startsWith("store: ")
                .contains("expected")
                .doesNotContain("s3cr3t");
    }
}
