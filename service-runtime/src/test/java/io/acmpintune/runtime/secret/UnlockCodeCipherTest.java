package io.acmpintune.runtime.secret;

import java.util.Base64;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.acmpintune.runtime.startup.InvalidConfigurationException;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class UnlockCodeCipherTest {

    private static final UUID ACTION = UUID.randomUUID();
    private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);
    private final UnlockCodeCipher codes = UnlockCodeCipher.of("connector.secrets.key", KEY);

    @Test
    void aCodeIsDecryptedForItsOwnActionOnly() throws Exception {
        String sealed = codes.encrypt(ACTION, "123456");

        assertThat(codes.decrypt(ACTION, sealed)).isEqualTo("123456");
        assertThatThrownBy(() -> codes.decrypt(UUID.randomUUID(), sealed))
                .isInstanceOf(UnlockCodeCipher.UndecryptableException.class);
    }

    @Test
    void theSameCodeIsEncryptedDifferentlyEachTime() {
        assertThat(codes.encrypt(ACTION, "123456")).isNotEqualTo(codes.encrypt(ACTION, "123456"));
        assertThat(new String(Base64.getDecoder().decode(codes.encrypt(ACTION, "123456")), ISO_8859_1))
                .doesNotContain("123456");
    }

    @Test
    void digestsAreEqualForTheSameCodeAndKeyOnly() {
        assertThat(codes.digest("k", "123456")).isEqualTo(codes.digest("k", "123456"))
                .isNotEqualTo(codes.digest("k", "123457"))
                .isNotEqualTo(codes.digest("other", "123456"))
                .isNotEqualTo(UnlockCodeCipher.of("x", Base64.getEncoder()
                        .encodeToString(new byte[]{
                                1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5,
                                6, 7, 8}))
                        .digest("k", "123456"));
    }

    @Test
    void withoutAKeyNothingIsEncrypted() throws Exception {
        assertThat(UnlockCodeCipher.of("x", null).hasKey()).isFalse();
        assertThat(UnlockCodeCipher.of("x", " ").hasKey()).isFalse();
        assertThat(codes.hasKey()).isTrue();
        assertThat(codes.decrypt(ACTION, null)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"c2hvcnQ=", "no base64 at all", "AAAA"})
    void aKeyThatIsNot32BytesIsReportedWithoutItsText(String wrong) {
        assertThatThrownBy(() -> UnlockCodeCipher.of("connector.secrets.key", wrong))
                .isInstanceOf(InvalidConfigurationException.class)
                .satisfies(thrown -> assertThat(((InvalidConfigurationException) thrown).faults()).singleElement()
                        .satisfies(fault -> {
                            assertThat(fault.key()).isEqualTo("connector.secrets.key");
                            assertThat(fault.reason() + fault.remedy()).doesNotContain(wrong);
                        }));
    }
}
