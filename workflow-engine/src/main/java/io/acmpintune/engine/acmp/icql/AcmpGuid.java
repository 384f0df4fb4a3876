package io.acmpintune.engine.acmp.icql;

import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * GUIDs in ICQL: {@code {B03D2CCD-ADC1-4B9D-BDB8-87564B94030C}}, with braces and in upper case.
 */
public final class AcmpGuid {

    private static final Pattern SHAPE = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");
    /** ACMP's value for "none". */
    public static final UUID NONE = new UUID(0, 0);

    private AcmpGuid() {}

    /** Returns the text of a GUID, with braces and in upper case. */
    public static String write(UUID guid) {
        return "{" + guid.toString().toUpperCase(Locale.ROOT) + "}";
    }

    /**
     * Reads a GUID with or without braces and in either case, since Aagon's own tools send both.
     *
     * @return empty for an empty text and for the GUID of zeros, which both mean "none"
     * @throws IllegalArgumentException if the text is something else
     */
    public static Optional<UUID> read(String text) {
        String bare = text.strip();
        if (bare.isEmpty()) {
            return Optional.empty();
        }
        if (bare.startsWith("{") && bare.endsWith("}")) {
            bare = bare.substring(1, bare.length() - 1);
        }
        if (!SHAPE.matcher(bare).matches()) {
            throw new IllegalArgumentException(
                    "'" + text
                            + "' is not a GUID: expected {XXXXXXXX-XXXX-XXXX-XXXX-XXXXXXXXXXXX}, X a hexadecimal digit");
        }
        return Optional.of(UUID.fromString(bare)).filter(guid -> !guid.equals(NONE));
    }
}
