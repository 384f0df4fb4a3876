package io.acmpintune.engine.matching;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Placeholders that firmware reports as serial number when none was set. They are the same on thousands of devices. */
final class JunkSerials {

    private static final int SHORTEST = 4;
    /** As letters and digits alone. */
    private static final Set<String> KNOWN = Set.of("TOBEFILLEDBYOEM", "TOBEFILLED", "FILLEDBYOEM", "DEFAULTSTRING",
            "DEFAULT", "SYSTEMSERIALNUMBER", "CHASSISSERIALNUMBER", "BASEBOARDSERIALNUMBER", "SERIALNUMBER", "SERIAL",
            "NOSERIALNUMBER", "NOSERIAL", "NONE", "NULL", "NOTSPECIFIED", "NOTAPPLICABLE", "NOTAVAILABLE", "NOTDEFINED",
            "UNKNOWN", "UNDEFINED", "UNSPECIFIED", "INVALID", "EMPTY", "BLANK", "TEST", "SAMPLE", "0123456789",
            "01234567890", "0123456789ABCDEF", "0123456789ABCDEFGHIJ", "123456789", "1234567890", "12345678", "1234567",
            "123456", "12345", "1234", "ABCDEFGH", "ABCDEF");

    private final Set<String> junk;

    /** Extends the built-in list. */
    JunkSerials(List<String> more) {
        this.junk = Stream.concat(KNOWN.stream(), more.stream().map(JunkSerials::bare))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    boolean contains(String number) {
        String bare = bare(number);
        return bare.length() < SHORTEST || bare.chars().distinct().count() == 1 || junk.contains(bare);
    }

    /** Firmware differs in dots, dashes and spaces. */
    private static String bare(String number) {
        return number.toUpperCase(Locale.ROOT)
                .codePoints()
                .filter(Character::isLetterOrDigit)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
