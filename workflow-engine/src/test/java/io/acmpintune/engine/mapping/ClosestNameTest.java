package io.acmpintune.engine.mapping;

import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ClosestNameTest {

    @ParameterizedTest
    @CsvSource({"devicename, deviceName", "deviceNmae, deviceName", "os, ''", "osVersoin, osVersion", "x, ''",
            "ids, id",
            "'', ''", "colour, ''"})
    void aNameThatIsNearlyKnownIsFound(String written, String meant) {
        assertThat(ClosestName.to(written, List.of("id", "deviceName", "managedDeviceName", "osVersion")).orElse(""))
                .isEqualTo(meant);
    }
}
