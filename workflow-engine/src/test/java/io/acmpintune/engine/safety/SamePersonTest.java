package io.acmpintune.engine.safety;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class SamePersonTest {

    @ParameterizedTest
    @CsvSource({"token:acmp, token:acmp, bert, true", "user:anna, token:acmp, Anna, true",
            "user:anna, token:acmp, CONTOSO\\Anna, true", "user:anna, token:acmp, anna@contoso.com, true",
            "user:anna, token:anna, bert, true", "user:anna, token:acmp, bert, false",
            "user:anna, token:acmp, annabel, false", "token:acmp, user:anna, ACMP, true",
            "user:anna, token:acmp, ' anna ', true", "user:@anna, token:acmp, anna, false"})
    void aSecondPersonIsNeitherTheIdentityNorWhomItNamed(String identity, String asked, String onBehalfOf,
            boolean same) {
        assertThat(SamePerson.is(identity, asked, onBehalfOf)).isEqualTo(same);
    }
}
