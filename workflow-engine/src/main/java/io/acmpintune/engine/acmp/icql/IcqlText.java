package io.acmpintune.engine.acmp.icql;

/** The characters that an ICQL value may hold: those of XML 1.0, which cannot escape any others. */
final class IcqlText {

    private IcqlText() {}

    /**
     * Refuses a text that cannot be written, naming field and position but not the value, which may be personal.
     *
     * @throws IllegalArgumentException if the text holds a control character, a non-character or half a surrogate pair
     */
    static void requireWritable(String field, String text) {
        for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            int codePoint = text.codePointAt(at);
            if (!isXmlCharacter(codePoint)) {
                throw new IllegalArgumentException(
                        "%s: the character U+%04X at position %d cannot be written in XML 1.0; remove or replace it first"
                                .formatted(field, codePoint, at));
            }
        }
    }

    /** Returns the text with '?' for each character that cannot be written. */
    static String writable(String text) {
        return text.codePoints()
                .map(codePoint -> isXmlCharacter(codePoint) ? codePoint : '?')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean isXmlCharacter(int codePoint) {
        return codePoint == 0x9 || codePoint == 0xA || codePoint == 0xD || (codePoint >= 0x20 && codePoint <= 0xD7FF)
                || (codePoint >= 0xE000 && codePoint <= 0xFFFD) || codePoint >= 0x10000;
    }
}
