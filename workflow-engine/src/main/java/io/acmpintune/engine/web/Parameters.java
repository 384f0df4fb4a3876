package io.acmpintune.engine.web;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.acmpintune.runtime.problem.InvalidRequest;

/** Checks the query parameters that several routes share; a wrong one ends the request with 400. */
final class Parameters {

    private static final int LARGEST_LIMIT = 1_000;
    static final String LIMITS = "must be 1 to " + LARGEST_LIMIT;
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private Parameters() {}

    static boolean isLimit(int limit) {
        return limit >= 1 && limit <= LARGEST_LIMIT;
    }

    static int limit(int limit) {
        if (!isLimit(limit)) {
            throw InvalidRequest.of("limit", LIMITS);
        }
        return limit;
    }

    /** Returns a time that PostgreSQL can compare; null stays null. */
    static @Nullable Instant instant(String parameter, @Nullable Instant time) {
        if (time != null && (time.isBefore(EARLIEST) || time.isAfter(LATEST))) {
            throw InvalidRequest.of(parameter, "must be a time of the years 1 to 9999");
        }
        return time;
    }

    /** Returns a text that PostgreSQL can store, which takes neither NUL nor half a surrogate pair; null stays null. */
    static @Nullable String text(String parameter, @Nullable String text) {
        if (text != null && (text.indexOf('\0') >= 0 || !StandardCharsets.UTF_8.newEncoder().canEncode(text))) {
            throw InvalidRequest.of(parameter, "must consist of valid characters");
        }
        return text;
    }

    /** Returns the member that a text names, in any case and with '-' for '_'. */
    static <E extends Enum<E>> E member(String parameter, String text, E[] members) {
        return Arrays.stream(members)
                .filter(member -> text(member).equals(text.toLowerCase(Locale.ROOT).replace('_', '-')))
                .findFirst()
                .orElseThrow(() -> InvalidRequest.of(parameter, "must be one of "
                        + Arrays.stream(members).map(Parameters::text).collect(Collectors.joining(", "))));
    }

    private static String text(Enum<?> member) {
        return member.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
