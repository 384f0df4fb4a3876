package io.acmpintune.engine.console;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Formats times in the viewer's zone, which the browser's script stores in a cookie. The page needs no rewriting after it has loaded.
 */
public final class Times {

    private static final Pattern ZONE = Pattern.compile("[A-Za-z][A-Za-z0-9_+/-]{0,63}");

    /** Four digits for the year, so that PostgreSQL can compare it. */
    private static final Pattern LOCAL = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(?::[0-9]{2})?");

    private final ZoneId zone;
    private final DateTimeFormatter dateTime;
    private final DateTimeFormatter exact;

    private Times(ZoneId zone, Locale locale) {
        this.zone = zone;
        // British English has the day before the month and 24 hours, as the German pages
        this.dateTime = DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
                .withLocale(locale.getLanguage().equals(Locale.ENGLISH.getLanguage()) ? Locale.UK : locale)
                .withZone(zone);
        this.exact = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss VV", locale);
    }

    /** Uses UTC if the cookie is missing or names no zone. */
    static Times of(@Nullable String zone, Locale locale) {
        try {
            return new Times(zone != null && ZONE.matcher(zone).matches() ? ZoneId.of(zone) : ZoneOffset.UTC, locale);
        } catch (DateTimeException _) {
            return new Times(ZoneOffset.UTC, locale);
        }
    }

    /** {@code 25 Nov 2026, 14:50}. */
    public String moment(Instant instant) {
        return dateTime.format(instant);
    }

    /** Formats to the second, with the zone. */
    public String exact(Instant instant) {
        return exact.format(instant.atZone(zone));
    }

    public String iso(Instant instant) {
        return instant.toString();
    }

    /** Parses the value of a field for date and time, such as {@code 2026-11-25T14:50}; empty if it is not one. */
    public Optional<Instant> parse(String local) {
        try {
            return LOCAL.matcher(local).matches()
                    ? Optional.of(LocalDateTime.parse(local).atZone(zone).toInstant())
                    : Optional.empty();
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    /** {@code 350 ms}, {@code 12 s}, {@code 4 min}, {@code 3 h}. */
    public String span(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < 1) {
            return duration.toMillis() + " ms";
        }
        if (seconds < 120) {
            return seconds + " s";
        }
        return seconds < 7_200 ? duration.toMinutes() + " min" : duration.toHours() + " h";
    }

    public String zoneName() {
        return zone.equals(ZoneOffset.UTC) ? "UTC" : zone.getId();
    }
}
