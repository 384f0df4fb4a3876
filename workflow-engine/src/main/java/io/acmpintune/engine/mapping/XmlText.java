package io.acmpintune.engine.mapping;

/** Makes any text one that XML 1.0 can carry. Users put anything into a device's name. */
final class XmlText {

    private static final int REPLACEMENT = 0xFFFD;

    private XmlText() {}

    /** How many characters XML 1.0 forbids: most control characters, U+FFFE, U+FFFF, lone surrogates. */
    static int forbidden(String text) {
        return (int) text.codePoints().filter(point -> !isAllowed(point)).count();
    }

    /** The text with every forbidden character replaced by U+FFFD; it keeps its length. */
    static String clean(String text) {
        return text.codePoints()
                .map(point -> isAllowed(point) ? point : REPLACEMENT)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** The text, cut where it is longer, but never between the halves of a character. */
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
