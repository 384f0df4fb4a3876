package io.acmpintune.engine.person;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.acmpintune.runtime.startup.InvalidConfigurationException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SecondPersonTest {

    private static final String ANNA = "entra:7a1c/0f2e";

    private static final SecondPerson UNTIED = new SecondPerson(Ties.NONE, Map.of());
    private static final SecondPerson TIED = new SecondPerson(TestPersons.ties(Map.of(
            "Anna Arslan", List.of(ANNA, "token:night-shift", "acmp:CONTOSO\\anna"),
            "Bert Berger", List.of("user:bert", "acmp:CONTOSO\\bb"),
            "Carla Conti", List.of("user:carla"),
            "Other Anna", List.of("user:anna"))), Map.of());

    @ParameterizedTest
    @CsvSource({"token:acmp, token:acmp, bert, true", "user:anna, token:acmp, Anna, true",
            "user:anna, token:acmp, CONTOSO\\Anna, true", "user:anna, token:acmp, anna@contoso.com, true",
            "user:anna, token:anna, bert, true", "user:anna, token:acmp, bert, false",
            "user:anna, token:acmp, annabel, false", "token:acmp, user:anna, ACMP, true",
            "user:anna, token:acmp, ' anna ', true", "user:@anna, token:acmp, anna, false"})
    void withoutTiesASecondPersonIsNeitherTheIdentityNorWhomItNamed(String caller, String identity,
            String onBehalfOf, boolean refused) {
        assertThat(UNTIED.objection(caller, identity, onBehalfOf, List.of()).isPresent()).isEqualTo(refused);
    }

    @ParameterizedTest
    @CsvSource({"entra:7a1c/0f2e, token:night-shift, true", "ENTRA:7A1C/0F2E, token:Night-Shift, true",
            "user:anna, entra:7a1c/0f2e, false", "user:bert, user:carla, false", "user:bert, user:bert, true",
            "user:dora, token:dora, true", "user:dora, token:acmp, false"})
    void tiedIdentitiesAreComparedByPersonAndOthersByName(String identity, String other, boolean one) {
        assertThat(TIED.mayBeOne(identity, other)).isEqualTo(one);
        assertThat(TIED.mayBeOne(other, identity)).isEqualTo(one);
    }

    @ParameterizedTest
    @CsvSource({
            // a tied name is that person
            "entra:7a1c/0f2e, token:acmp, CONTOSO\\anna, true", "entra:7a1c/0f2e, token:acmp, contoso\\ANNA, true",
            "user:bert, token:acmp, CONTOSO\\anna, false", "user:anna, token:acmp, CONTOSO\\anna, false",
            // an order of a tied credential is that person's, whatever name is in it
            "entra:7a1c/0f2e, token:night-shift, CONTOSO\\bb, true",
            "user:bert, token:night-shift, CONTOSO\\temp, false",
            // a name that is tied to nobody may be anybody who orders through ACMP
            "user:bert, token:acmp, CONTOSO\\temp, true", "entra:7a1c/0f2e, sics:W_1, CONTOSO\\temp, true",
            "user:dora, token:acmp, CONTOSO\\temp, true", "user:carla, token:acmp, CONTOSO\\temp, false",
            "user:carla, token:acmp, CONTOSO\\carla, true",
            // a name in a message over SICS is a claim: it may refuse, but proves nothing
            "user:bert, sics:acmp, 'claimed: CONTOSO\\anna', true",
            "user:carla, sics:acmp, 'claimed: CONTOSO\\carla', true",
            "user:carla, sics:acmp, 'claimed: CONTOSO\\anna', false", "token:acmp, token:acmp, CONTOSO\\temp, true"})
    void withTiesASecondPersonIsKnownToBeAnother(String caller, String identity, String onBehalfOf, boolean refused) {
        assertThat(TIED.objection(caller, identity, onBehalfOf, List.of()).isPresent()).isEqualTo(refused);
    }

    @Test
    void anUntiedNameCannotBeApprovedByWhoeverOrderedThroughTheSameToken() {
        assertThat(UNTIED.objection("user:anna", "token:acmp", "CONTOSO\\ghost", List.of("CONTOSO\\anna")))
                .hasValueSatisfying(reason -> assertThat(reason).contains("CONTOSO\\ghost", "token:acmp"));
        assertThat(UNTIED.objection("user:bert", "token:acmp", "CONTOSO\\ghost", List.of("CONTOSO\\anna"))).isEmpty();
    }

    @Test
    void aSignInNameCanPreventADecisionAndNeverAllowOne() {
        SecondPerson second = new SecondPerson(Ties.NONE, Map.of("entra:t/1", "anna@contoso.com"));

        assertThat(second.mayBeOne("entra:t/1", "user:anna")).isTrue();
        assertThat(second.objection("entra:t/1", "token:acmp", "CONTOSO\\anna", List.of())).isPresent();
        assertThat(second.mayBeOne("entra:t/1", "entra:t/2")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Anna | robot:anna   | engine.persons[1].identities | is no identity
            ''   | user:anna    | engine.persons[1].name       | is no name of a person
            Bert | user:anna    | engine.persons[1].name       | there is another person 'Bert'
            Anna | USER:bert    | engine.persons[1].identities | is an identity of Bert, too
            """)
    void anUnclearTieIsRefused(String name, String identity, String key, String reason) {
        assertThatThrownBy(() -> Ties.read(List.of(new PersonProperties("Bert", List.of("user:bert")),
                new PersonProperties(name, List.of(identity)))))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining(key)
                .hasMessageContaining(reason);
    }

    @Test
    void namesAreThoseOfThePersonOrOfTheLastSignIn() {
        assertThat(Persons.Names.NONE.of("user:anna")).isEqualTo("user:anna");
        assertThat(Persons.Names.NONE.of(null)).isEqualTo("–");
    }
}
