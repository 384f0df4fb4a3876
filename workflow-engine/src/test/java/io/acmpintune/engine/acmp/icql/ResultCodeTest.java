package io.acmpintune.engine.acmp.icql;

import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import io.acmpintune.engine.acmp.AcmpReply;

import static org.assertj.core.api.Assertions.assertThat;

class ResultCodeTest {

    @ParameterizedTest
    @EnumSource
    void aDocumentedCodeIsKnownByItsNumber(ResultCode.Known known) {
        assertThat(ResultCode.of(known.number())).isSameAs(known);
        assertThat(known.advice()).isNotBlank();
        assertThat(known.meaning()).isNotBlank();
    }

    @Test
    void noNumberIsGivenTwice() {
        assertThat(Arrays.stream(ResultCode.Known.values()).map(ResultCode::number)).doesNotHaveDuplicates();
    }

    @Test
    void anUndocumentedCodeKeepsItsNumberAndIsParked() {
        ResultCode code = ResultCode.of(4711);
        assertThat(code).isEqualTo(new ResultCode.Unknown(4711));
        assertThat(code.reaction()).isEqualTo(ResultCode.Reaction.PARK);
        assertThat(code.advice()).contains("4711");
    }

    @ParameterizedTest
    @CsvSource({"-1, RETRY_LATER", "0, NONE", "7, RENEW_SESSION", "9, RETRY_LATER", "15, PARK", "18, RETRY_LATER",
            "19, RETRY_LATER", "26, SAVE_CLIENT_FIRST", "30, PARK", "32, PARK", "35, PARK"})
    void eachDocumentedCodeHasItsReaction(int number, ResultCode.Reaction reaction) {
        assertThat(ResultCode.of(number).reaction()).isEqualTo(reaction);
    }

    @Test
    void aRefusalSaysCodeMeaningAcmpsWordsAndAdvice() {
        AcmpReply.Refused<Integer> refused = new AcmpReply.Refused<Integer>(ResultCode.of(32),
                " licence pool is empty ");
        assertThat(refused.text())
                .isEqualTo("ACMP answered with result code 32 (no ACMP licence is left for the client):"
                        + " licence pool is empty. free or buy a client licence in ACMP.");
    }
}
