package io.acmpintune.engine.csv;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Formats lines of CSV by RFC 4180. A text that a spreadsheet would take for a formula gets an apostrophe in front, also after
 * a semicolon or a line break inside the cell, where spreadsheets may split it.
 */
public final class Csv {

    private static final Pattern FORMULA = Pattern.compile("(^|[;\t\r\n])(?='*[=+\\-@\t\r])");
    private static final Pattern NEEDS_QUOTES = Pattern.compile("[\",\r\n]|^$");

    private Csv() {}

    /**
     * Returns a line with its CRLF.
     *
     * @param cells null is written as nothing, an empty text as {@code ""}
     */
    public static String line(List<? extends @Nullable String> cells) {
        return cells.stream().map(Csv::cell).collect(Collectors.joining(",", "", "\r\n"));
    }

    private static String cell(@Nullable String text) {
        if (text == null) {
            return "";
        }
        String safe = FORMULA.matcher(text).replaceAll("$1'");
        return NEEDS_QUOTES.matcher(safe).find() ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
    }
}
