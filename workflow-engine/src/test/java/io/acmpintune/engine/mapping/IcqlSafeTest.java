package io.acmpintune.engine.mapping;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class IcqlSafeTest {

    private static final String PHONE = "\uD83D\uDCF1";

    @Test
    void whatXmlCanCarryStaysAsItIs() {
        String text = "Jürgen's <Pixel> & \t\r\n" + PHONE + "\uE000\uFFFD";

        assertThat(IcqlSafe.clean(text)).isEqualTo(text);
    }

    @Test
    void controlCharactersAreReplacedEachByOne() {
        assertThat(IcqlSafe.clean("a\u0000b\u001Fc\u000Bd\uFFFEe\uFFFF"))
                .isEqualTo("a\uFFFDb\uFFFDc\uFFFDd\uFFFDe\uFFFD");
    }

    @Test
    void halvesOfCharactersAreReplaced() {
        assertThat(IcqlSafe.clean("\uD83D-\uDCF1")).isEqualTo("\uFFFD-\uFFFD");
        assertThat(IcqlSafe.clean("x\uD83D")).isEqualTo("x\uFFFD");
    }

    @Test
    void whatIsReplacedIsCounted() {
        assertThat(IcqlSafe.forbidden("J\u00FCrgen \t\r\n" + PHONE + "\uE000\uFFFD")).isZero();
        assertThat(IcqlSafe.forbidden("a\u0000\u001F\u000B\uFFFE\uFFFF")).isEqualTo(5);
        assertThat(IcqlSafe.forbidden("\uD83D-\uDCF1" + PHONE)).isEqualTo(2);
    }

    @Test
    void aTextIsCutToItsLength() {
        assertThat(IcqlSafe.cut("abcdef", 6)).isEqualTo("abcdef");
        assertThat(IcqlSafe.cut("abcdef", 5)).isEqualTo("abcde");
        assertThat(IcqlSafe.cut("", 1)).isEmpty();
    }

    @Test
    void aTextIsNeverCutWithinACharacter() {
        assertThat(IcqlSafe.cut("ab" + PHONE + "c", 3)).isEqualTo("ab");
        assertThat(IcqlSafe.cut("ab" + PHONE + "c", 4)).isEqualTo("ab" + PHONE);
        assertThat(IcqlSafe.cut(PHONE + "c", 1)).isEmpty();
        assertThat(IcqlSafe.cut("ab\uD83Dc", 3)).isEqualTo("ab\uD83D");
    }
}
