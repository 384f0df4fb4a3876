package io.acmpintune.engine.safety;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import io.acmpintune.runtime.startup.ConfigurationFault;
import io.acmpintune.runtime.startup.WrongConfiguration;

/** {@code safety.*} as written. */
@ConfigurationProperties(prefix = "safety", ignoreUnknownFields = false)
record SafetyProperties(@DefaultValue ApprovalProperties approval, @DefaultValue CapProperties caps) {

    /** What Intune takes of a tenant in a day; more would never be reached. */
    private static final int WIPES_PER_DAY = 500;
    private static final int RETIRES_PER_DAY = 1_000;

    /**
     * {@code safety.approval.*}.
     *
     * @param window over which what an identity started without an approval is added up; 1 hour or more
     * @param wipeThreshold so many wipes an identity may start without an approval; 0 = none
     * @param retireThreshold as {@code wipeThreshold}
     * @param expiresAfter how long a request for approval waits, 1 minute to 7 days
     */
    record ApprovalProperties(@DefaultValue("24h") Duration window, @DefaultValue("1") int wipeThreshold,
            @DefaultValue("10") int retireThreshold, @DefaultValue("24h") Duration expiresAfter) {}

    /** {@code safety.caps.*}: how many a workflow hands over in any 10 minutes, and in any 24 hours. */
    record CapProperties(@DefaultValue("10") int wipesPer10m, @DefaultValue("50") int wipesPerDay,
            @DefaultValue("10") int retiresPer10m, @DefaultValue("50") int retiresPerDay) {}

    /**
     * Checks what is written.
     *
     * @throws WrongConfiguration with every fault found
     */
    SafetySettings settings() {
        List<ConfigurationFault> faults = new ArrayList<>();
        between(faults, "safety.approval.window", approval.window(), Duration.ofHours(1), Duration.ofDays(366));
        between(faults, "safety.approval.expires-after", approval.expiresAfter(), Duration.ofMinutes(1),
                Duration.ofDays(7));
        SafetySettings settings = new SafetySettings(approval.window(), approval.expiresAfter(),
                new SafetySettings.Limits(
                        number(faults, "safety.approval.wipe-threshold", approval.wipeThreshold(), 0, WIPES_PER_DAY),
                        number(faults, "safety.caps.wipes-per-10m", caps.wipesPer10m(), 1, WIPES_PER_DAY),
                        number(faults, "safety.caps.wipes-per-day", caps.wipesPerDay(), 1, WIPES_PER_DAY)),
                new SafetySettings.Limits(
                        number(faults, "safety.approval.retire-threshold", approval.retireThreshold(), 0,
                                RETIRES_PER_DAY),
                        number(faults, "safety.caps.retires-per-10m", caps.retiresPer10m(), 1, RETIRES_PER_DAY),
                        number(faults, "safety.caps.retires-per-day", caps.retiresPerDay(), 1, RETIRES_PER_DAY)));
        if (!faults.isEmpty()) {
            throw new WrongConfiguration(faults);
        }
        return settings;
    }

    private static int number(List<ConfigurationFault> faults, String key, int value, int least, int most) {
        if (value < least || value > most) {
            faults.add(new ConfigurationFault(key, value + " is out of range",
                    "Set " + least + " to " + most + ", or leave the key out"));
        }
        return value;
    }

    private static void between(List<ConfigurationFault> faults, String key, Duration value, Duration least,
            Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            faults.add(new ConfigurationFault(key, value + " is out of range",
                    "Set " + least.toMinutes() + "m to " + most.toDays() + "d, or leave the key out"));
        }
    }
}
