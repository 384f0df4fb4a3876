package io.acmpintune.engine.client;

import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Criteria that select clients of a workflow. A client must meet all of them; null means any. Texts are compared in any case.
 *
 * @param search part of the name, the serial number or the user principal name
 * @param operatingSystem as Intune writes it
 * @param clientType ACMP's, such as {@code ctAndroid}
 * @param compliance Intune's compliance state; {@code unknown} also finds clients without one
 * @param ownership {@code company} or {@code personal}; {@code unknown} also finds clients without one
 * @param lastSyncSince the earliest last check-in
 * @param lastSyncBefore the last check-in was before this
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ClientFilter(@Nullable String search, @Nullable String operatingSystem, @Nullable String clientType,
        @Nullable String compliance, @Nullable String ownership, @Nullable Instant lastSyncSince,
        @Nullable Instant lastSyncBefore, State state) {

    /** The state of a client between Intune and ACMP. */
    public enum State {
        /** The device is in Intune. */
        PRESENT,
        /** The device is in Intune, and every ACMP server has the client's current records. */
        ACKNOWLEDGED,
        /** The device is in Intune, and some ACMP server neither has the current records nor refused them. */
        WAITING,
        /** Some ACMP server refused the current records. */
        PARKED,
        /** The device left Intune. */
        REMOVED,
        ANY;

        /** Returns the state of a name, in any case. */
        public static Optional<State> named(String name) {
            return Arrays.stream(values()).filter(state -> state.name().equalsIgnoreCase(name)).findFirst();
        }

        /** Returns all names, as requests write them. */
        public static String names() {
            return Arrays.stream(values())
                    .map(state -> state.name().toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining(", "));
        }
    }

    /** Selects the clients in a state. */
    public static ClientFilter in(State state) {
        return new ClientFilter(null, null, null, null, null, null, null, state);
    }
}
