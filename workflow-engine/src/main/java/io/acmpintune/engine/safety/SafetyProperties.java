package io.acmpintune.engine.safety;

import java.time.Duration;

import jakarta.validation.Valid;
import org.hibernate.validator.constraints.Range;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/** {@code safety.*}. */
@Validated
@ConfigurationProperties(prefix = "safety", ignoreUnknownFields = false)
record SafetyProperties(@Valid @DefaultValue ApprovalProperties approval,
        @Valid @DefaultValue CapProperties caps, @Valid @DefaultValue ExpiryProperties expiry) {

    /** Limits of Intune for a tenant and day; higher values would never be reached. */
    private static final int WIPES_PER_DAY = 500;
    private static final int RETIRES_PER_DAY = 1_000;
    /** Ten orders of the greatest size. */
    private static final int MOST = 100_000;

    /**
     * {@code safety.approval.*}.
     *
     * @param window period over which the devices that an identity reaches without an approval are added up; 1 hour or more
     * @param wipeThreshold wipes that an identity may start without an approval; 0 = none
     * @param retireThreshold as {@code wipeThreshold}
     * @param macLockThreshold likewise for locks of Macs, which set a PIN
     * @param lockThreshold likewise for locks of other devices
     * @param notificationThreshold likewise for notifications
     * @param sicsDestructiveThreshold likewise for each destructive kind ordered over SICS, whoever sent it
     * @param sicsDisruptiveThreshold likewise for each disruptive kind ordered over SICS
     * @param confirmDisruptiveAbove disruptive orders of more devices must be confirmed
     * @param expiresAfter how long a request for approval waits, 1 minute to 7 days
     */
    record ApprovalProperties(
            @DurationMin(hours = 1, message = WINDOW) @DurationMax(days = 366, message = WINDOW) @DefaultValue("24h") Duration window,
            @Range(min = 0, max = WIPES_PER_DAY) @DefaultValue("1") int wipeThreshold,
            @Range(min = 0, max = RETIRES_PER_DAY) @DefaultValue("10") int retireThreshold,
            @Range(min = 0, max = MOST) @DefaultValue("10") int macLockThreshold,
            @Range(min = 0, max = MOST) @DefaultValue("20") int lockThreshold,
            @Range(min = 0, max = MOST) @DefaultValue("20") int notificationThreshold,
            @Range(min = 0, max = MOST) @DefaultValue("1") int sicsDestructiveThreshold,
            @Range(min = 0, max = MOST) @DefaultValue("5") int sicsDisruptiveThreshold,
            @Range(min = 0, max = MOST) @DefaultValue("20") int confirmDisruptiveAbove,
            @DurationMin(minutes = 1, message = EXPIRY) @DurationMax(days = 7, message = EXPIRY) @DefaultValue("24h") Duration expiresAfter) {

        private static final String WINDOW = "${validatedValue} is out of range. Set 60m to 366d, or leave the key out";
        private static final String EXPIRY = "${validatedValue} is out of range. Set 1m to 7d, or leave the key out";
    }

    /** {@code safety.caps.*}: how many a workflow hands over in any 10 minutes, and in any 24 hours. */
    record CapProperties(@Range(min = 1, max = WIPES_PER_DAY) @DefaultValue("10") int wipesPer10m,
            @Range(min = 1, max = WIPES_PER_DAY) @DefaultValue("50") int wipesPerDay,
            @Range(min = 1, max = RETIRES_PER_DAY) @DefaultValue("10") int retiresPer10m,
            @Range(min = 1, max = RETIRES_PER_DAY) @DefaultValue("50") int retiresPerDay,
            @Range(min = 1, max = MOST) @DefaultValue("10") int macLocksPer10m,
            @Range(min = 1, max = MOST) @DefaultValue("50") int macLocksPerDay,
            @Range(min = 1, max = MOST) @DefaultValue("200") int locksPer10m,
            @Range(min = 1, max = MOST) @DefaultValue("1000") int locksPerDay,
            @Range(min = 1, max = MOST) @DefaultValue("200") int notificationsPer10m,
            @Range(min = 1, max = MOST) @DefaultValue("1000") int notificationsPerDay) {}

    /**
     * {@code safety.expiry.*}: how long an order is valid, from its order or approval.
     *
     * @param destructive for wipes and retirements, 1 minute to 7 days
     * @param other for all other kinds, 1 minute to 30 days
     */
    record ExpiryProperties(
            @DurationMin(minutes = 1, message = ApprovalProperties.EXPIRY) @DurationMax(days = 7, message = ApprovalProperties.EXPIRY) @DefaultValue("24h") Duration destructive,
            @DurationMin(minutes = 1, message = LONG) @DurationMax(days = 30, message = LONG) @DefaultValue("7d") Duration other) {

        private static final String LONG = "${validatedValue} is out of range. Set 1m to 30d, or leave the key out";
    }

    OrderExpiry orderExpiry() {
        return new OrderExpiry(expiry.destructive(), expiry.other());
    }

    SafetySettings settings() {
        return new SafetySettings(approval.window(), approval.expiresAfter(), approval.confirmDisruptiveAbove(),
                new SafetySettings.SicsThresholds(approval.sicsDisruptiveThreshold(),
                        approval.sicsDestructiveThreshold()),
                new SafetySettings.Limits(approval.wipeThreshold(), caps.wipesPer10m(), caps.wipesPerDay()),
                new SafetySettings.Limits(approval.retireThreshold(), caps.retiresPer10m(), caps.retiresPerDay()),
                new SafetySettings.Limits(approval.macLockThreshold(), caps.macLocksPer10m(), caps.macLocksPerDay()),
                new SafetySettings.Limits(approval.lockThreshold(), caps.locksPer10m(), caps.locksPerDay()),
                new SafetySettings.Limits(approval.notificationThreshold(), caps.notificationsPer10m(),
                        caps.notificationsPerDay()));
    }
}
