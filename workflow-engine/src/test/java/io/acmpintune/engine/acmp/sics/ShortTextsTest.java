package io.acmpintune.engine.acmp.sics;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class ShortTextsTest {

    private static final int LONGEST = 10;

    @ParameterizedTest
    @ValueSource(strings = {"[\"short\",\"1234567890\",\"\",7,null,{\"a\":\"b\\\"c\"}]", "{}", "", "[\"unfinished"})
    void whatIsShortStaysAsItIs(String json) throws IOException {
        assertThat(cut(json)).isEqualTo(json);
    }

    @Test
    void aLongTextIsCutAndMarkedAndTheOthersStay() throws IOException {
        assertThat(texts("[\"one\",\"12345678901234\",\"two\"]"))
                .containsExactly("one", "1234567890" + ShortTexts.CUT, "two");
    }

    @ParameterizedTest
    @ValueSource(strings = {"123456789\\\"3456", "123456789\\\\", "12345678901\\\\", "1234567\\u00e4\\u00e45",
            "123456789äöü",
            "1234567890\\\"\\\"", "ääääääää"})
    void aTextIsNeverCutInTheMiddleOfACharacter(String text) throws IOException {
        assertThat(List.of(texts("[\"" + text + "\",\"two\"]"))).hasSize(2).last().isEqualTo("two");
    }

    @Test
    void anEndlessTextTakesNoMemory() throws IOException {
        InputStream endless = new SequenceInputStream(Collections.enumeration(Stream.<InputStream>concat(
                Stream.of(bytes("[\"")),
                Stream.concat(Stream.generate(() -> bytes("x".repeat(1_000_000))).limit(50), Stream.of(bytes("\"]"))))
                .toList()));

        assertThat(new ShortTexts(endless, LONGEST).readAllBytes()).hasSizeLessThan(LONGEST + 10);
    }

    @Test
    void manyLongTextsTogetherAreCutEarly() throws IOException {
        List<String> many = Collections.nCopies(1_000, "x".repeat(100_000));
        byte[] kept = new ShortTexts(bytes(JsonMapper.shared().writeValueAsString(many)), 100_000).readAllBytes();

        assertThat(kept).hasSizeLessThan(4_000_000);
        assertThat(JsonMapper.shared().readValue(kept, String[].class)).hasSize(1_000);
    }

    private static String cut(String json) throws IOException {
        return new String(new ShortTexts(bytes(json), LONGEST).readAllBytes(), StandardCharsets.UTF_8);
    }

    private static String[] texts(String json) throws IOException {
        return JsonMapper.shared().readValue(cut(json), String[].class);
    }

    private static ByteArrayInputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
