package io.acmpintune.engine.matching;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A serial number with its manufacturer, normalized for comparison: manufacturers number independently, and systems spell a
 * manufacturer's name in several ways.
 *
 * @param number in upper case, spaces collapsed; not empty
 * @param maker in upper case, without legal form; empty = not known
 */
public record SerialNumber(String number, String maker) {

    private static final Set<String> LEGAL_FORMS = Set.of("INC", "INCORPORATED", "CORP", "CORPORATION", "CO", "COMPANY",
            "LTD", "LIMITED", "LLC", "GMBH", "AG", "PLC", "SA");
    private static final Map<String, String> ALIASES = Map.of("HEWLETT-PACKARD", "HP", "HEWLETT PACKARD", "HP",
            "SAMSUNG ELECTRONICS", "SAMSUNG", "ASUSTEK COMPUTER", "ASUS", "ASUSTEK", "ASUS");
    private static final Pattern SPACES = Pattern.compile("[\\s\\p{Cntrl}\\u00A0]+");
    private static final char SEPARATOR = '|';

    public SerialNumber {
        if (number.isEmpty() || maker.indexOf(SEPARATOR) >= 0) {
            throw new IllegalArgumentException("not a normalized serial number");
        }
    }

    /** Normalizes a serial number as Intune reports it; empty if there is none. */
    public static Optional<SerialNumber> of(@Nullable String number, @Nullable String maker) {
        String normalized = normalized(number);
        return normalized.isEmpty() ? Optional.empty() : Optional.of(new SerialNumber(normalized, maker(maker)));
    }

    /** Parses {@link #key()}. */
    public static SerialNumber ofKey(String key) {
        int separator = key.lastIndexOf(SEPARATOR);
        return new SerialNumber(key.substring(0, separator), key.substring(separator + 1));
    }

    /** Returns both in one text, for storing and searching. */
    public String key() {
        return number + SEPARATOR + maker;
    }

    /** Upper case, without control characters, spaces collapsed; never null. */
    static String normalized(@Nullable String text) {
        return text == null
                ? ""
                : SPACES.matcher(text).replaceAll(" ").strip().toUpperCase(Locale.ROOT);
    }

    static String maker(@Nullable String text) {
        String name = normalized(normalized(text).replace(SEPARATOR, ' ').replace(',', ' ').replace(".", ""));
        int last = name.lastIndexOf(' ');
        while (last > 0 && LEGAL_FORMS.contains(name.substring(last + 1))) {
            name = name.substring(0, last);
            last = name.lastIndexOf(' ');
        }
        return ALIASES.getOrDefault(name, name);
    }

    @Override
    public String toString() {
        return number + " of " + (maker.isEmpty() ? "an unknown manufacturer" : maker);
    }
}
