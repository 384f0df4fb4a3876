package io.acmpintune.engine.acmp.icql;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class IcqlRecordTest {

    @ParameterizedTest
    @ValueSource(ints = {0x0, 0x8, 0xB, 0x1F, 0xD800, 0xDFFF, 0xFFFE, 0xFFFF})
    void aCharacterThatXmlForbidsIsRefusedByFieldAndPositionButNotQuoted(int character) {
        String text = "secret" + (char) character;
        assertThatIllegalArgumentException().isThrownBy(() -> Records.of("Notes", text))
                .withMessageContaining("Notes: the character U+%04X at position 6".formatted(character))
                .withMessageNotContaining("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\t\r\n", "äöü", "日本", "\uD83D\uDCF1", "\uFFFD", "]]>", "<a b='c'>&amp;</a>"})
    void aTextThatXmlAllowsIsTaken(String text) {
        assertThat(Records.of("Notes", text).text("Notes")).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1st", "a b", "a>b", "x:y"})
    void aNameThatIsNoElementNameIsRefused(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> Records.of(name, "text")).withMessageContaining("name");
    }

    @Test
    void theOrderOfFieldsIsKeptAndAReplacedFieldStaysInItsPlace() {
        IcqlRecord record = Records.of("B", "1", "A", "2", "C", "3").with("A", "4").with("D", "5");
        assertThat(List.copyOf(record.fields().entrySet())).containsExactly(Map.entry("B", "1"), Map.entry("A", "4"),
                Map.entry("C", "3"), Map.entry("D", "5"));
    }

    @Test
    void aRecordDoesNotChangeWithTheMapItWasMadeFrom() {
        SequencedMap<String, String> map = new LinkedHashMap<>(Map.of("Notes", "before"));
        IcqlRecord record = new IcqlRecord(map);
        map.put("Notes", "after");
        assertThat(record.text("Notes")).isEqualTo("before");
        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> record.fields().clear());
    }

    @Test
    void aMissingFieldIsEmpty() {
        assertThat(Records.of("A", "1").text("B")).isEmpty();
    }

    @Test
    void aRecordDoesNotShowPersonalDataWhenPrinted() {
        assertThat(Records.of("ClientId", "{1}", "UserDisplayName", "Erika Muster"))
                .hasToString("IcqlRecord[{1}, 2 fields]");
    }
}
