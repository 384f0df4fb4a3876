package io.acmpintune.engine.mapping;

/** Makes any text one that XML 1.0 can carry. Users put anything into a device's name. */
final class IcqlSafe {

    private static final int REPLACEMENT = 0xFFFD;

    private IcqlSafe() {}

    /** The text with every character that XML 1.0 forbids (most control characters, lone surrogates) replaced. */
    static String clean(String text) {
        return text.codePoints().allMatch(IcqlSafe::isAllowed)
                ? text
                : text.codePoints()
                        .map(point -> isAllowed(point) ? point : REPLACEMENT)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
    }

    /** The text, cut where it is longer, but never between the halves of a character. */
    static String cut(String text, int maxLength) {
        if (text.length() <= maxLength) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(maxLength - 1)) ? maxLength - 1 : maxLength;
        return text.substring(0, end);
    }

    private static boolean isAllowed(int point) {
        return point == '\t' || point == '\n' || point == '\r' || (point >= 0x20 && point <= 0xD7FF)
                || (point >= 0xE000 && point <= 0xFFFD) || (point >= 0x10000 && point <= 0x10FFFF);
    }
}
