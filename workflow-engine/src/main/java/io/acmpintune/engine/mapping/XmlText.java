package io.acmpintune.engine.mapping;

/** Makes texts valid in XML 1.0. Users put anything into a device's name. */
final class XmlText {

    private static final int REPLACEMENT = 0xFFFD;

    private XmlText() {}

    /** Counts the characters that XML 1.0 forbids: most control characters, U+FFFE, U+FFFF, lone surrogates. */
    static int forbidden(String text) {
        return (int) text.codePoints().filter(point -> !isAllowed(point)).count();
    }

    /** Replaces every forbidden character by U+FFFD; the length stays the same. */
    static String clean(String text) {
        return text.codePoints()
                .map(point -> isAllowed(point) ? point : REPLACEMENT)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** Cuts a text that is too long, but never between the surrogates of a character. */
    static String cut(String text, int maxLength) {
        if (text.length() <= maxLength) {
            return text;
        }
        boolean splits = Character.isSurrogatePair(text.charAt(maxLength - 1), text.charAt(maxLength));
        return text.substring(0, splits ? maxLength - 1 : maxLength);
    }

    private static boolean isAllowed(int point) {
        return point == '\t' || point == '\n' || point == '\r' || (point >= 0x20 && point <= 0xD7FF)
                || (point >= 0xE000 && point <= 0xFFFD) || (point >= 0x10000 && point <= 0x10FFFF);
    }
}
