package io.acmpintune.engine.console.signin;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.acmpintune.engine.console.signin.ConsoleProperties.UserProperties;
import io.acmpintune.runtime.access.Role;
import io.acmpintune.runtime.startup.ConfigurationFault;
import io.acmpintune.runtime.startup.InvalidConfigurationException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class LocalUsersTest {

    private static final String HASH = "{bcrypt}$2y$12$" + "a".repeat(53);

    @Test
    void aUserIsFoundInWhateverCaseTheNameIsTyped() {
        LocalUsers users = LocalUsers.read(List.of(user("Anna", HASH, "operator", "approver")));

        LocalUser anna = users.find(" aNNa ").orElseThrow();
        assertThat(anna.name()).isEqualTo("Anna");
        assertThat(anna.displayName()).isEqualTo("Anna");
        assertThat(anna.roles()).containsExactlyInAnyOrder(Role.OPERATOR, Role.APPROVER);
        assertThat(users.find("ann")).isEmpty();
    }

    @Test
    void thereMayBeNoUsers() {
        assertThat(LocalUsers.read(List.of()).isEmpty()).isTrue();
    }

    @Test
    void everythingWrongIsNamedAtOnceAndNoHashIsRepeated() {
        List<ConfigurationFault> faults = faults(user("an na", "canary-plain-text", "boss"),
                new UserProperties(null, null, List.of(), "x".repeat(101)), user("Ben", HASH, "viewer"),
                user("ben", HASH, "viewer"));

        assertThat(faults).extracting(ConfigurationFault::key)
                .containsExactly("engine.console.users[0].name", "engine.console.users[0].password",
                        "engine.console.users[0].roles", "engine.console.users[1].name",
                        "engine.console.users[1].password", "engine.console.users[1].roles",
                        "engine.console.users[1].display-name", "engine.console.users[3].name");
        assertThat(faults).allSatisfy(fault -> assertThat(fault.toString()).doesNotContain("canary")
                .doesNotContain("aaaaaaaa"));
    }

    @ParameterizedTest
    @CsvSource({"04, false", "09, false", "10, true", "15, true", "16, false", "31, false"})
    void aHashThatIsTooCheapOrTooDearIsRefused(String cost, boolean taken) {
        UserProperties user = user("anna", "{bcrypt}$2a$" + cost + "$" + "b".repeat(53), "viewer");

        if (taken) {
            assertThat(LocalUsers.read(List.of(user)).find("anna")).isPresent();
        } else {
            assertThat(faults(user)).singleElement()
                    .extracting(ConfigurationFault::reason)
                    .asString()
                    .contains(cost.replaceFirst("^0", ""));
        }
    }

    @Test
    void otherHashesThanBcryptAreRefused() {
        assertThat(faults(user("anna", "{noop}secret", "viewer"))).hasSize(1);
        assertThat(faults(user("anna", "{sha256}" + "a".repeat(64), "viewer"))).hasSize(1);
        assertThat(faults(user("anna", "$2y$12$" + "a".repeat(53), "viewer"))).hasSize(1);
    }

    private static List<ConfigurationFault> faults(UserProperties... users) {
        return catchThrowableOfType(InvalidConfigurationException.class, () -> LocalUsers.read(List.of(users)))
                .faults();
    }

    private static UserProperties user(String name, @Nullable String password, String... roles) {
        return new UserProperties(name, password, List.of(roles), null);
    }
}
