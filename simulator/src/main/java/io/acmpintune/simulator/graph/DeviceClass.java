package io.acmpintune.simulator.graph;

import java.util.Locale;

/** The kind of a device, as far as it determines the supported actions. */
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

    /** v1.0 has no property for Android's modes; management agent and owner distinguish them. */
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
