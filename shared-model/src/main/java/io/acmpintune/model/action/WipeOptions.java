package io.acmpintune.model.action;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * What a wipe leaves on the device. Every switch must be given: Intune's own default for a missing one differs by platform and
 * by the way the wipe is ordered.
 *
 * @param keepEnrollmentData the device stays enrolled (Windows)
 * @param keepUserData the user's files stay (Windows)
 * @param persistEsimDataPlan the eSIM's data plan stays (iOS, iPadOS)
 * @param macOsUnlockCode PIN of six digits that a Mac without T2 chip asks for afterwards; a secret, told in no answer
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

    /** The same with this code, or without one. */
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
