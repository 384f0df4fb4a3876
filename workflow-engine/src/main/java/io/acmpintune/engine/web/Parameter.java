package io.acmpintune.engine.web;

import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.acmpintune.runtime.problem.InvalidRequest;

/** Checks of query parameters that several addresses share. */
final class Parameter {

    private static final int LARGEST_LIMIT = 1_000;

    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private Parameter() {}

    static int limit(int limit) {
        if (limit < 1 || limit > LARGEST_LIMIT) {
            throw InvalidRequest.of("limit", "must be 1 to " + LARGEST_LIMIT);
        }
        return limit;
    }

    /** A time that can be compared with stored ones; null stays null. */
    static @Nullable Instant instant(String parameter, @Nullable Instant time) {
        if (time != null && (time.isBefore(EARLIEST) || time.isAfter(LATEST))) {
            throw InvalidRequest.of(parameter, "must be a time of the years 1 to 9999");
        }
        return time;
    }

    /** The member that a text names, in any case and with '-' for '_'. */
    static <E extends Enum<E>> E member(String parameter, String text, E[] members) {
        return Arrays.stream(members)
                .filter(member -> text(member).equals(text.toLowerCase(Locale.ROOT).replace('_', '-')))
                .findFirst()
                .orElseThrow(() -> InvalidRequest.of(parameter, "must be one of "
                        + Arrays.stream(members).map(Parameter::text).collect(Collectors.joining(", "))));
    }

    private static String text(Enum<?> member) {
        return member.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
