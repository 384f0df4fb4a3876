package io.acmpintune.runtime.secret;

import java.util.Base64;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.acmpintune.runtime.startup.WrongConfiguration;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class UnlockCodesTest {

    private static final UUID ACTION = UUID.randomUUID();
    private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);
    private final UnlockCodes codes = UnlockCodes.of("connector.secrets.key", KEY);

    @Test
    void aSealedCodeOpensForItsActionAlone() throws Exception {
        String sealed = codes.seal(ACTION, "123456");

        assertThat(codes.open(ACTION, sealed)).isEqualTo("123456");
        assertThatThrownBy(() -> codes.open(UUID.randomUUID(), sealed)).isInstanceOf(UnlockCodes.Unreadable.class);
    }

    @Test
    void theSameCodeIsSealedDifferentlyEachTimeAndNeverReadable() {
        assertThat(codes.seal(ACTION, "123456")).isNotEqualTo(codes.seal(ACTION, "123456"));
        assertThat(new String(Base64.getDecoder().decode(codes.seal(ACTION, "123456")), ISO_8859_1))
                .doesNotContain("123456");
    }

    @Test
    void theDigestTellsTheSameCodeUnderTheSameKeyOnly() {
        assertThat(codes.digest("k", "123456")).isEqualTo(codes.digest("k", "123456"))
                .isNotEqualTo(codes.digest("k", "123457"))
                .isNotEqualTo(codes.digest("other", "123456"))
                .isNotEqualTo(UnlockCodes.of("x", Base64.getEncoder()
                        .encodeToString(new byte[]{
                                1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5,
                                6, 7, 8}))
                        .digest("k", "123456"));
    }

    @Test
    void withoutAKeyNothingIsKept() throws Exception {
        assertThat(UnlockCodes.of("x", null).canKeep()).isFalse();
        assertThat(UnlockCodes.of("x", " ").canKeep()).isFalse();
        assertThat(codes.canKeep()).isTrue();
        assertThat(codes.open(ACTION, null)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"c2hvcnQ=", "no base64 at all", "AAAA"})
    void anythingButThirtyTwoBytesStopsTheStartAndIsNotRepeated(String wrong) {
        assertThatThrownBy(() -> UnlockCodes.of("connector.secrets.key", wrong))
                .isInstanceOf(WrongConfiguration.class)
                .satisfies(thrown -> assertThat(((WrongConfiguration) thrown).faults()).singleElement()
                        .satisfies(fault -> {
                            assertThat(fault.key()).isEqualTo("connector.secrets.key");
                            assertThat(fault.reason() + fault.remedy()).doesNotContain(wrong);
                        }));
    }
}
