package dev.agentflags.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentflags.admin.AdminException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExitTest {

    @ParameterizedTest
    @CsvSource({"NO_SUCH_FLAG, 3", "REFUSED, 1", "CONFLICT, 4", "INVALID, 1", "UNAVAILABLE, 5"})
    void says_why_an_operation_was_not_done(AdminException.Kind kind, int status) {
        assertThat(Exit.of(kind)).isEqualTo(status);
    }
}
