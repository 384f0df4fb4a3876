package io.acmpintune.engine.client;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Which clients are wanted; null leaves a question open.
 *
 * @param search part of the name, the serial number or the user's name, in any case
 * @param operatingSystem as Intune writes it
 * @param clientType ACMP's, such as {@code ctAndroid}
 * @param compliance Intune's state; {@code unknown} also where it has none
 * @param owner {@code company} or {@code personal}; {@code unknown} also where Intune has none
 * @param contactSince the last contact was then or later
 * @param contactBefore the last contact was before
 */
public record ClientFilter(@Nullable String search, @Nullable String operatingSystem, @Nullable String clientType,
        @Nullable String compliance, @Nullable String owner, @Nullable Instant contactSince,
        @Nullable Instant contactBefore, State state) {

    /** Where clients stand between Intune and ACMP. */
    public enum State {
        /** The device is in Intune. */
        PRESENT,
        /** It is in Intune, and every ACMP server knows all of it. */
        ACKNOWLEDGED,
        /** It is in Intune, and some ACMP server does not know all of it yet, and has not refused it. */
        WAITING,
        /** Some ACMP server has refused it as it is. */
        PARKED,
        /** The device has left Intune. */
        REMOVED,
        /** Wherever. */
        ANY
    }

    /** Every client whose device is in Intune. */
    public static final ClientFilter ALL = new ClientFilter(null, null, null, null, null, null, null, State.PRESENT);
}
