package io.acmpintune.model.action;

import java.time.Instant;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Whether a connector sends actions of an origin.
 *
 * @param origin the ordering workflow, or {@link #ALL}
 * @param stopped true = none is sent
 * @param by who stopped or lifted it last
 * @param decidedAt when that was, by the clock of whoever told the connector
 */
public record ActionStop(String origin, boolean stopped, String by, Instant decidedAt) {

    /** Every origin, and actions without one. */
    public static final String ALL = "*";
    private static final int LONGEST_ORIGIN = 64;

    public ActionStop {
        checkOrigin(origin);
        Person.check("by", by);
    }

    /** True when actions of an origin are not sent because of this. */
    public boolean covers(@Nullable String other) {
        return stopped && (origin.equals(ALL) || origin.equals(other));
    }

    static void checkOrigin(String origin) {
        problemOf(origin).ifPresent(reason -> {
            throw new IllegalArgumentException("origin " + reason);
        });
    }

    /** Why a text is no origin; empty when it is one. */
    public static Optional<String> problemOf(String text) {
        return text.isBlank() || text.length() > LONGEST_ORIGIN || text.chars().anyMatch(Character::isISOControl)
                ? Optional.of("must have 1 to " + LONGEST_ORIGIN + " characters, none of them a control character")
                : Optional.empty();
    }

    /**
     * Stops, or lifts a stop.
     *
     * @param stopped true = send none from now on
     * @param by 1 to 200 characters without control characters
     * @param decidedAt when it was decided; a lift that is older than the stop that it meets changes nothing. Null = now
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Change(Boolean stopped, String by, @Nullable Instant decidedAt) {
        public Change {
            // what a caller leaves out of its JSON arrives as null, whatever the types say
            if (stopped == null) {
                throw new IllegalArgumentException("stopped is missing");
            }
            Person.check("by", by);
        }
    }
}
