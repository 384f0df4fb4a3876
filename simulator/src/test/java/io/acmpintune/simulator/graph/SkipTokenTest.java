package io.acmpintune.simulator.graph;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SkipTokenTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "'", "''", "a',LastDeviceId='b'", "',LastDeviceId='", "{kiosk} <A&B>", "📱\n"})
    void anyNameSurvivesTheRoundTrip(String name) {
        var token = new SkipToken(name, "id-1");
        assertThat(SkipToken.parse(token.text())).contains(token);
    }

    @Test
    void aMalformedTokenIsNotParsed() {
        assertThat(SkipToken.parse("")).isEmpty();
        assertThat(SkipToken.parse("LastDeviceName='a'b',LastDeviceId='c'")).isEmpty();
    }
}
