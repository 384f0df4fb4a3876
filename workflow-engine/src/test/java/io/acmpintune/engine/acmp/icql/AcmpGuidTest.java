package io.acmpintune.engine.acmp.icql;

import java.util.Random;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class AcmpGuidTest {

    private static final UUID GUID = UUID.fromString("b03d2ccd-adc1-4b9d-bdb8-87564b94030c");

    @Test
    void aGuidIsWrittenWithBracesAndInUpperCase() {
        assertThat(AcmpGuid.write(GUID)).isEqualTo("{B03D2CCD-ADC1-4B9D-BDB8-87564B94030C}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{B03D2CCD-ADC1-4B9D-BDB8-87564B94030C}", "b03d2ccd-adc1-4b9d-bdb8-87564b94030c",
            " {b03d2ccd-ADC1-4b9d-bdb8-87564b94030c}\n"})
    void aGuidIsReadInEitherCaseWithOrWithoutBraces(String text) {
        assertThat(AcmpGuid.read(text)).contains(GUID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "{00000000-0000-0000-0000-000000000000}"})
    void anEmptyGuidIsNone(String text) {
        assertThat(AcmpGuid.read(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1-1-1-1-1", "{B03D2CCD-ADC1-4B9D-BDB8-87564B94030C", "B03D2CCDADC14B9DBDB887564B94030C",
            "{}",
            "G03D2CCD-ADC1-4B9D-BDB8-87564B94030C"})
    void whatIsNoGuidIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> AcmpGuid.read(text)).withMessageContaining("not a GUID");
    }

    @Test
    void everyGuidComesBack() {
        Random random = new Random(42);
        for (int i = 0; i < 1_000; i++) {
            UUID guid = new UUID(random.nextLong(), random.nextLong());
            assertThat(AcmpGuid.read(AcmpGuid.write(guid))).contains(guid);
        }
    }
}
