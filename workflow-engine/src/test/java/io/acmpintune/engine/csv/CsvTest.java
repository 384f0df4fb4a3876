package io.acmpintune.engine.csv;

import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class CsvTest {

    @Test
    void cellsAreQuotedOnlyWhereNeededAndNullDiffersFromEmpty() {
        assertThat(Csv.line(Arrays.asList("a", null, "", "x,y", "PC \"1\"", "two\nlines")))
                .isEqualTo("a,,\"\",\"x,y\",\"PC \"\"1\"\"\",\"two\nlines\"\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "'=1"})
    void aTextIsNeverAFormula(String text) {
        assertThat(Csv.line(List.of(text))).startsWith(text.contains("\r") ? "\"'" : "'").contains("'" + text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x;=1+1", "x\n=1+1", "x;'=1+1"})
    void noPartOfATextIsAFormulaWhereSpreadsheetsSplitIt(String text) {
        assertThat(Csv.line(List.of(text))).contains(text.replaceFirst("(?=['=])", "'"));
    }
}
