package io.acmpintune.connector.tenant;

import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.connector.fixture.TestJwt;

import static org.assertj.core.api.Assertions.assertThat;

class TokenRolesTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    @Test
    void theRolesOfATokenAreRead() {
        assertThat(TokenRoles.of(TestJwt.withRoles("A.Read.All", "B.ReadWrite.All"), JSON))
                .isEqualTo(new TokenRoles.Listed(Set.of("A.Read.All", "B.ReadWrite.All")));
    }

    @Test
    void aTokenWithoutTheClaimHasNoRoles() {
        assertThat(TokenRoles.of(TestJwt.withRoles(), JSON)).isEqualTo(new TokenRoles.Listed(Set.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "opaque", "a.b", "a.%%%.c", "a.bm8ganNvbg.c", "a.W10.c", "a.b.c.d.e", ".."})
    void whatIsNoReadableJwtIsNotKnownRatherThanEmpty(String token) {
        assertThat(TokenRoles.of(token, JSON)).isEqualTo(new TokenRoles.Unreadable());
    }

    @Test
    void rolesThatAreNoListAreNotKnown() {
        assertThat(TokenRoles.of(TestJwt.of("{\"roles\":\"all\"}"), JSON)).isEqualTo(new TokenRoles.Unreadable());
    }
}
