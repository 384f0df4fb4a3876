package io.acmpintune.engine.job;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Which clients are meant, where they are not named one by one. A client must fit all that is given; null asks for nothing.
 * Clients whose device left Intune never fit.
 *
 * @param search part of the name, the serial number or the user's name, in any case
 * @param operatingSystem as Intune writes it, in any case
 * @param clientType ACMP's, such as {@code ctAndroid}
 * @param compliance Intune's state of compliance, such as {@code noncompliant}
 * @param owner {@code company} or {@code personal}
 * @param lastSyncBefore the device's last check-in was before this
 * @param lastSyncAfter the device's last check-in was after this
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ClientFilter(@Nullable String search, @Nullable String operatingSystem, @Nullable String clientType,
        @Nullable String compliance, @Nullable String owner, @Nullable Instant lastSyncBefore,
        @Nullable Instant lastSyncAfter) {}
