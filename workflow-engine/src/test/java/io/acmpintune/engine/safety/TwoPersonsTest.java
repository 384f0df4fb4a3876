package io.acmpintune.engine.safety;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.acmpintune.engine.fixture.EngineDatabase;
import io.acmpintune.engine.person.TestPersons;
import io.acmpintune.runtime.access.Identity;
import io.acmpintune.runtime.access.Role;

import static org.assertj.core.api.Assertions.assertThat;

class TwoPersonsTest {

    private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");

    private final TwoPersons twoPersons = new TwoPersons(
            TestPersons.tied(EngineDatabase.empty().jdbc(),
                    Map.of("Carla", List.of("token:night-shift", "user:carla"))));

    @ParameterizedTest
    @CsvSource({
            // nobody has asked
            ", , user:anna, ADMINISTRATOR, Asked", ", , user:anna, APPROVER, administrator-first",
            ", , user:anna, OPERATOR, administrator-first", ", , user:anna, VIEWER, administrator-first",
            // somebody has
            "user:bert, 600, user:anna, ADMINISTRATOR, Confirmed", "user:bert, 600, user:anna, APPROVER, Confirmed",
            "user:bert, 600, user:anna, OPERATOR, forbidden", "user:bert, 600, user:anna, VIEWER, forbidden",
            "user:anna, 600, user:anna, ADMINISTRATOR, second-person-required",
            "token:anna, 600, user:Anna, APPROVER, second-person-required",
            // two identities of one person
            "token:night-shift, 600, user:carla, APPROVER, second-person-required",
            "user:carla, 600, token:night-shift, APPROVER, second-person-required",
            "token:night-shift, 600, user:anna, APPROVER, Confirmed",
            // the wish is good for an hour, and not one of the future
            "user:bert, 3599, user:anna, APPROVER, Confirmed",
            "user:bert, 3600, user:anna, APPROVER, administrator-first",
            "user:bert, 3600, user:anna, ADMINISTRATOR, Asked", "user:anna, 3600, user:anna, ADMINISTRATOR, Asked",
            "user:bert, -61, user:anna, APPROVER, administrator-first"})
    void itTakesAnAdministratorAndThenSomebodyElse(@Nullable String asked, @Nullable Long secondsAgo, String caller,
            String roles, String outcome) {
        Identity identity = new Identity(caller,
                Arrays.stream(roles.split(" ")).map(Role::valueOf).collect(Collectors.toSet()));

        TwoPersons.Step step = twoPersons.step(asked, secondsAgo == null ? null : NOW.minusSeconds(secondsAgo),
                identity, NOW);

        assertThat(step instanceof TwoPersons.Step.Refused(var problem)
                ? problem.kindText()
                : step.getClass().getSimpleName()).isEqualTo(outcome);
    }

    @Test
    void aWishIsShownForAsLongAsItCounts() {
        Identity second = new Identity("user:bert", Set.of(Role.APPROVER));

        TwoPersons.Progress waiting = twoPersons.progress("user:anna", NOW.minusSeconds(600), second, NOW);
        TwoPersons.Progress over = twoPersons.progress("user:anna", NOW.minusSeconds(3_600), second, NOW);

        assertThat(waiting.askedBy()).isEqualTo("user:anna");
        assertThat(waiting.until()).isEqualTo(NOW.plusSeconds(3_000));
        assertThat(waiting.next()).isInstanceOf(TwoPersons.Step.Confirmed.class);
        assertThat(over.askedBy()).isNull();
        assertThat(over.until()).isNull();
        assertThat(over.next()).isInstanceOf(TwoPersons.Step.Refused.class);
    }
}
