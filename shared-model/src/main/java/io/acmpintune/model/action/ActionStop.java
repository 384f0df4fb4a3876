package io.acmpintune.model.action;

import java.time.Instant;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * An emergency stop, or a lifted one, of an origin's actions.
 *
 * @param origin the requesting workflow, or {@link #ALL}
 * @param stopped whether no action is sent
 * @param by who last stopped or lifted it
 * @param decidedAt when that was, by the clock of the caller
 */
public record ActionStop(String origin, boolean stopped, String by, Instant decidedAt) {

    /** All origins, and actions without one. */
    public static final String ALL = "*";
    /** Who stopped it where the connector-service stopped by itself, because its database may have been restored. */
    public static final String BY_CONNECTOR = "system:connector";
    private static final int LONGEST_ORIGIN = 64;

    public ActionStop {
        checkOrigin(origin);
        Person.check("by", by);
    }

    /** Returns whether this stops the actions of an origin. */
    public boolean covers(@Nullable String other) {
        return stopped && (origin.equals(ALL) || origin.equals(other));
    }

    static void checkOrigin(String origin) {
        problemOf(origin).ifPresent(reason -> {
            throw new IllegalArgumentException("origin " + reason);
        });
    }

    /** Returns why a text is not a valid origin; empty if it is valid. */
    public static Optional<String> problemOf(String text) {
        return text.isBlank() || text.length() > LONGEST_ORIGIN || text.chars().anyMatch(Character::isISOControl)
                ? Optional.of("must have 1 to " + LONGEST_ORIGIN + " characters, none of them a control character")
                : Optional.empty();
    }

    /**
     * Stops, or lifts a stop.
     *
     * @param stopped whether no action is sent from now on
     * @param by 1 to 200 characters without control characters
     * @param decidedAt when it was decided; a lift that is older than the stop changes nothing. Null = now
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Change(Boolean stopped, String by, @Nullable Instant decidedAt) {
        public Change {
            // a field that is missing in the JSON is null, whatever its type says
            if (stopped == null) {
                throw new IllegalArgumentException("stopped is missing");
            }
            Person.check("by", by);
        }
    }
}
