package io.acmpintune.engine.console.signin;

import java.time.Instant;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class RoleRenewalTest {

    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");

    @ParameterizedTest
    @CsvSource({"0, page, NONE", "300, page, NONE", "301, page, RENEW", "86400, page, RENEW", "300, form, NONE",
            "600, form, NONE", "601, form, SIGN_IN", "600, part, NONE", "601, part, RELOAD"})
    void rolesAreConfirmedEveryFiveMinutesAndCountForTen(long age, String request, RoleRenewal.Step step) {
        assertThat(RoleRenewal.step(NOW.minusSeconds(age), NOW, request.equals("page"), request.equals("part")))
                .isEqualTo(step);
    }
}
