package io.acmpintune.simulator.graph;

import java.util.Locale;

/** What kind of device a row is about, as far as it decides which actions the device understands. */
enum DeviceClass {
    ANDROID_ADMINISTRATOR,
    ANDROID_WORK_PROFILE,
    ANDROID_CORPORATE,
    IOS,
    MACOS,
    WINDOWS,
    TVOS,
    VISIONOS,
    CHROME_OS,
    OTHER;

    static DeviceClass of(Row row) {
        String system = row.text(Column.OPERATING_SYSTEM).toLowerCase(Locale.ROOT).replace(" ", "");
        if (system.startsWith("android")) {
            return android(row, system);
        }
        return switch (system) {
            case "ios", "ipados" -> IOS;
            case "macos" -> MACOS;
            case "windows" -> WINDOWS;
            case "tvos" -> TVOS;
            case "visionos" -> VISIONOS;
            case "chromeos" -> CHROME_OS;
            default -> OTHER;
        };
    }

    /** v1.0 has no word for Android's modes; the agent and the owner tell them apart. */
    private static DeviceClass android(Row row, String system) {
        if (system.equals("androidforwork")) {
            return ANDROID_WORK_PROFILE;
        }
        boolean personal = row.text(Column.MANAGED_DEVICE_OWNER_TYPE).equals("personal");
        boolean modern = row.text(Column.MANAGEMENT_AGENT).equals("googleCloudDevicePolicyController");
        if (modern) {
            return personal ? ANDROID_WORK_PROFILE : ANDROID_CORPORATE;
        }
        return row.text(Column.DEVICE_ENROLLMENT_TYPE).equals("userEnrollment")
                ? ANDROID_ADMINISTRATOR
                : ANDROID_CORPORATE;
    }
}
