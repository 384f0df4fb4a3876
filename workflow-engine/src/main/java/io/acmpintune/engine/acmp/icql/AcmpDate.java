package io.acmpintune.engine.acmp.icql;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * Dates in ICQL: ISO 8601 in UTC with three digits of milliseconds. ACMP has no null date and uses day zero of its calendar
 * instead, 1899-12-30.
 */
public final class AcmpDate {

    /** ACMP's value for "no date". */
    public static final String NONE = "1899-12-30T00:00:00.000Z";

    private static final Instant NO_DATE = Instant.parse(NONE);
    private static final DateTimeFormatter FORMAT = DateTimeFormatter
            .ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    private AcmpDate() {}

    /**
     * Returns the text of an instant, truncated to milliseconds; {@link #NONE} for null.
     *
     * @throws IllegalArgumentException if the year is not within 1 to 9999
     */
    public static String write(@Nullable Instant instant) {
        if (instant == null) {
            return NONE;
        }
        if (instant.isBefore(FIRST) || instant.isAfter(LAST)) {
            throw new IllegalArgumentException(
                    instant + " cannot be written for ACMP: its year is not within 1 to 9999");
        }
        return FORMAT.format(instant);
    }

    /**
     * Reads a date with any offset and with or without fractions of a second.
     *
     * @return empty for an empty text and for ACMP's day zero
     * @throws IllegalArgumentException if the text is not an ISO 8601 date and time with offset
     */
    public static Optional<Instant> read(String text) {
        if (text.isBlank()) {
            return Optional.empty();
        }
        try {
            Instant instant = OffsetDateTime.parse(text.strip()).toInstant();
            return instant.equals(NO_DATE) ? Optional.empty() : Optional.of(instant);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("'" + text + "' is not an ACMP date: expected a form like " + NONE,
                    e);
        }
    }
}
