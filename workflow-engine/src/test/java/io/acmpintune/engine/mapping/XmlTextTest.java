package io.acmpintune.engine.mapping;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class XmlTextTest {

    private static final String PHONE = "\uD83D\uDCF1";

    @Test
    void whatXmlCanCarryStaysAsItIs() {
        String text = "Jürgen's <Pixel> & \t\r\n" + PHONE + "\uE000\uFFFD";

        assertThat(XmlText.clean(text)).isEqualTo(text);
    }

    @Test
    void controlCharactersAreReplacedEachByOne() {
        assertThat(XmlText.clean("a\u0000b\u001Fc\u000Bd\uFFFEe\uFFFF"))
                .isEqualTo("a\uFFFDb\uFFFDc\uFFFDd\uFFFDe\uFFFD");
    }

    @Test
    void halvesOfCharactersAreReplaced() {
        assertThat(XmlText.clean("\uD83D-\uDCF1")).isEqualTo("\uFFFD-\uFFFD");
        assertThat(XmlText.clean("x\uD83D")).isEqualTo("x\uFFFD");
    }

    @Test
    void whatIsReplacedIsCounted() {
        assertThat(XmlText.forbidden("J\u00FCrgen \t\r\n" + PHONE + "\uE000\uFFFD")).isZero();
        assertThat(XmlText.forbidden("a\u0000\u001F\u000B\uFFFE\uFFFF")).isEqualTo(5);
        assertThat(XmlText.forbidden("\uD83D-\uDCF1" + PHONE)).isEqualTo(2);
    }

    @Test
    void aTextIsCutToItsLength() {
        assertThat(XmlText.cut("abcdef", 6)).isEqualTo("abcdef");
        assertThat(XmlText.cut("abcdef", 5)).isEqualTo("abcde");
        assertThat(XmlText.cut("", 1)).isEmpty();
    }

    @Test
    void aTextIsNeverCutWithinACharacter() {
        assertThat(XmlText.cut("ab" + PHONE + "c", 3)).isEqualTo("ab");
        assertThat(XmlText.cut("ab" + PHONE + "c", 4)).isEqualTo("ab" + PHONE);
        assertThat(XmlText.cut(PHONE + "c", 1)).isEmpty();
        assertThat(XmlText.cut("ab\uD83Dc", 3)).isEqualTo("ab\uD83D");
    }
}
