package io.acmpintune.model.action;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * What a wipe keeps on the device. Every switch is required: Intune's default for a missing one differs by platform and
 * by the way the wipe is requested.
 *
 * @param keepEnrollmentData the device stays enrolled (Windows)
 * @param keepUserData the user's files stay (Windows)
 * @param persistEsimDataPlan the eSIM's data plan stays (iOS, iPadOS)
 * @param macOsUnlockCode six-digit PIN that a Mac without T2 chip asks for afterwards; a secret that no response contains
 */
public record WipeOptions(Boolean keepEnrollmentData, Boolean keepUserData, Boolean persistEsimDataPlan,
        @Nullable String macOsUnlockCode) {

    private static final Pattern CODE = Pattern.compile("[0-9]{6}");

    public WipeOptions {
        if (keepEnrollmentData == null || keepUserData == null || persistEsimDataPlan == null) {
            throw new IllegalArgumentException(
                    "keepEnrollmentData, keepUserData and persistEsimDataPlan must each be true or false");
        }
        if (macOsUnlockCode != null && !CODE.matcher(macOsUnlockCode).matches()) {
            throw new IllegalArgumentException("macOsUnlockCode must have six digits");
        }
    }

    /** Returns these options with this code, or without one. */
    public WipeOptions withCode(@Nullable String code) {
        return new WipeOptions(keepEnrollmentData, keepUserData, persistEsimDataPlan, code);
    }

    @Override
    public String toString() {
        return "WipeOptions[keepEnrollmentData=" + keepEnrollmentData + ", keepUserData=" + keepUserData
                + ", persistEsimDataPlan=" + persistEsimDataPlan
                + (macOsUnlockCode == null ? "" : ", macOsUnlockCode=…")
                + "]";
    }
}
