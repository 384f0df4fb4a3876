package io.acmpintune.runtime.access;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.acmpintune.runtime.startup.WrongConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ApiTokensTest {

    private static final String OLD = "0123456789abcdef0123456789abcdef";
    private static final String NEW = "fedcba9876543210fedcba9876543210";

    @Test
    void severalTokensAreValidAtOnceSoThatOneCanBeRotated() {
        ApiTokens tokens = ApiTokens.of("connector.api.tokens", List.of(OLD, NEW));

        assertThat(tokens.contain(OLD)).isTrue();
        assertThat(tokens.contain(NEW)).isTrue();
        assertThat(tokens.contain(NEW.substring(1) + "x")).isFalse();
    }

    @Test
    void withoutATokenTheStartFailsAndNamesTheKey() {
        assertThatThrownBy(() -> ApiTokens.of("connector.api.tokens", null)).isInstanceOf(WrongConfiguration.class)
                .hasMessageContaining("connector.api.tokens")
                .hasMessageContaining("Set at least one");
    }

    @Test
    void aTokenThatCouldBeGuessedIsNamedButNotRepeated() {
        assertThatThrownBy(() -> ApiTokens.of("connector.api.tokens", List.of(OLD, "geheim")))
                .isInstanceOf(WrongConfiguration.class)
                .hasMessageContaining("connector.api.tokens[1]")
                .hasMessageNotContaining("geheim");
    }
}
