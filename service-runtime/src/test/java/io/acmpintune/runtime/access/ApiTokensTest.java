package io.acmpintune.runtime.access;

import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import io.acmpintune.runtime.startup.InvalidConfigurationException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ApiTokensTest {

    private static final String KEY = "engine.api.tokens";
    private static final String OLD = "0123456789abcdef0123456789abcdef";
    private static final String NEW = "fedcba9876543210fedcba9876543210";
    private static final Set<Role> PLAIN = Set.of(Role.OPERATOR);
    private static final ApiTokens.Rules RULES = new ApiTokens.Rules(Role.all(), PLAIN, false, Set.of());
    private static final ApiTokens.Rules SEPARATE = new ApiTokens.Rules(Role.ofConnector(), Set.of(), true,
            Set.of(Role.LIFTER));

    @Test
    void aTokenWithNameAndRoleBelongsToThatIdentity() {
        ApiTokens tokens = read(new ApiToken("anna", "Approver", OLD), new ApiToken("acmp", "operator", NEW));

        assertThat(tokens.find(OLD)).contains(new Identity("token:anna", Set.of(Role.APPROVER)));
        assertThat(tokens.find(NEW)).contains(new Identity("token:acmp", Set.of(Role.OPERATOR)));
        assertThat(tokens.find(NEW.substring(1) + "x")).isEmpty();
    }

    @Test
    void tokensWithoutANameShareOneIdentity() {
        ApiTokens tokens = read(ApiToken.of(OLD), ApiToken.of(NEW));

        assertThat(tokens.find(OLD)).contains(new Identity("token:api", PLAIN)).isEqualTo(tokens.find(NEW));
    }

    @Test
    void oneNameMayHaveSeveralTokensForRotation() {
        ApiTokens tokens = read(new ApiToken("anna", "viewer", OLD), new ApiToken("anna", "viewer", NEW));

        assertThat(tokens.find(OLD)).isPresent().isEqualTo(tokens.find(NEW));
    }

    @Test
    void tokensBindFromTextsAndFromNamedEntries() {
        assertThat(bound(Map.of("tokens[0]", OLD, "tokens[1].name", "anna", "tokens[1].role", "viewer",
                "tokens[1].token", NEW))).containsExactly(ApiToken.of(OLD), new ApiToken("anna", "viewer", NEW));
        assertThat(bound(Map.of("tokens", OLD + "," + NEW))).containsExactly(ApiToken.of(OLD), ApiToken.of(NEW));
    }

    @Test
    void withoutATokenTheStartFailsWithTheKeysName() {
        assertThatThrownBy(() -> ApiTokens.of(KEY, null, RULES)).isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining(KEY + ": ")
                .hasMessageContaining("Set at least one");
    }

    @Test
    void aShortTokenIsReportedWithoutItsText() {
        assertThatThrownBy(() -> read(ApiToken.of(OLD), ApiToken.of("geheim"), new ApiToken("a", "viewer", "geheim")))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining(KEY + "[1]: ")
                .hasMessageContaining(KEY + "[2].token: ")
                .hasMessageNotContaining("geheim");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
            none   | viewer | [1].name | is no name
            a:b    | viewer | [1].name | is no name
            anna   | none   | [1].role | Set one of viewer, operator, approver, administrator
            anna   | root   | [1].role | is no role
            carl   | viewer | [1]      | Give a name one role
            api    | viewer | [1]      | is also the token of token:carl
            """)
    void ambiguousOrIncompleteTokensAreRefused(@Nullable String name, @Nullable String role, String place,
            String message) {
        assertThatThrownBy(() -> read(new ApiToken("carl", "operator", OLD), new ApiToken(name, role, OLD)))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining(KEY + place + ": ")
                .hasMessageContaining(message)
                .hasMessageNotContaining(OLD);
    }

    @Test
    void aServiceMayAllowSeveralRolesAndKeepOneApart() {
        ApiTokens tokens = ApiTokens.of(KEY, List.of(new ApiToken("engine", "operator, stopper", OLD),
                new ApiToken("lifting", "lifter", NEW)), SEPARATE);

        assertThat(tokens.find(OLD)).contains(new Identity("token:engine", Set.of(Role.OPERATOR, Role.STOPPER)));
        assertThat(tokens.find(NEW)).contains(new Identity("token:lifting", Set.of(Role.LIFTER)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
            engine | operator, lifter | lifter stands beside another role
            engine | approver         | is no role
            none   | none             | has neither name nor role
            """)
    void aServiceWithSeparateTokensRefusesOneForEverything(@Nullable String name, @Nullable String role,
            String message) {
        assertThatThrownBy(() -> ApiTokens.of(KEY, List.of(new ApiToken(name, role, OLD)), SEPARATE))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining(OLD);
    }

    @Test
    void aTokenIsNotPrinted() {
        assertThat(new ApiToken("anna", "viewer", OLD)).asString().doesNotContain(OLD);
    }

    private static ApiTokens read(ApiToken... tokens) {
        return ApiTokens.of(KEY, List.of(tokens), RULES);
    }

    private static List<ApiToken> bound(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bind("tokens", Bindable.listOf(ApiToken.class))
                .get();
    }
}
