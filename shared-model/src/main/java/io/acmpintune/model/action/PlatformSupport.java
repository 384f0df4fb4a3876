package io.acmpintune.model.action;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import io.acmpintune.model.device.Device;
import io.acmpintune.model.device.EnrollmentType;
import io.acmpintune.model.device.OwnerType;

/**
 * Which platform supports which action. Intune's error for an unsupported action does not say so, hence this check.
 * Source: Microsoft's pages on remote device actions, 2025-10 to 2026-08. If Intune does not report the kind of device,
 * the action is permitted and Intune decides.
 */
public final class PlatformSupport {

    private PlatformSupport() {}

    /** The platforms that Microsoft's tables distinguish. */
    private enum Platform {
        ANDROID_WORK_PROFILE("Android with a personally owned work profile"),
        ANDROID_CORPORATE("corporate Android"),
        ANDROID("Android"),
        APPLE_MOBILE("iOS and iPadOS"),
        MAC("macOS"),
        WINDOWS("Windows"),
        VISION("visionOS"),
        TV("tvOS"),
        CHROME("ChromeOS"),
        LINUX("Linux"),
        UNREPORTED("an operating system that Intune does not report");

        private final String text;

        Platform(String text) {
            this.text = text;
        }
    }

    private static final Set<String> CORPORATE_ANDROID = Set.of("androidenterprisededicateddevice",
            "androidenterprisefullymanaged", "androidenterprisecorporateworkprofile",
            "androidaospuserowneddeviceenrollment", "androidaospuserlessdeviceenrollment");

    /**
     * Returns why the device does not support an action, in one sentence.
     *
     * @return empty if it is not known to be unsupported
     */
    public static Optional<String> refusal(ActionKind kind, Device device) {
        Platform platform = platform(device);
        return supporting(kind).contains(platform)
                ? Optional.empty()
                : Optional.of("Intune does not support " + kind.text() + " on " + platform.text + ".");
    }

    /** Returns whether the device is a Mac, or Intune does not report what it is. */
    static boolean mayBeMac(Device device) {
        return switch (platform(device)) {
            case MAC, UNREPORTED -> true;
            case ANDROID_WORK_PROFILE, ANDROID_CORPORATE, ANDROID, APPLE_MOBILE, WINDOWS, VISION, TV, CHROME, LINUX ->
                false;
        };
    }

    private static Set<Platform> supporting(ActionKind kind) {
        return switch (kind) {
            case SYNC_DEVICE -> EnumSet.complementOf(EnumSet.of(Platform.LINUX, Platform.CHROME));
            case REMOTE_LOCK -> EnumSet.of(Platform.ANDROID_CORPORATE, Platform.ANDROID, Platform.APPLE_MOBILE,
                    Platform.MAC, Platform.VISION, Platform.UNREPORTED);
            case RETIRE -> EnumSet.of(Platform.ANDROID_WORK_PROFILE, Platform.ANDROID, Platform.APPLE_MOBILE,
                    Platform.MAC, Platform.WINDOWS, Platform.TV, Platform.VISION, Platform.UNREPORTED);
            case WIPE -> EnumSet.of(Platform.ANDROID_CORPORATE, Platform.ANDROID, Platform.APPLE_MOBILE, Platform.MAC,
                    Platform.WINDOWS, Platform.CHROME, Platform.UNREPORTED);
            case SEND_NOTIFICATION -> EnumSet.of(Platform.ANDROID_WORK_PROFILE, Platform.ANDROID,
                    Platform.APPLE_MOBILE, Platform.UNREPORTED);
        };
    }

    private static Platform platform(Device device) {
        String system = device.operatingSystem() == null
                ? ""
                : device.operatingSystem().toLowerCase(Locale.ROOT).replace(" ", "");
        if (system.startsWith("android")) {
            return android(system, device);
        }
        return switch (system) {
            case "ios", "ipados" -> Platform.APPLE_MOBILE;
            case "macos", "macosx" -> Platform.MAC;
            case "visionos" -> Platform.VISION;
            case "tvos" -> Platform.TV;
            case "chromeos" -> Platform.CHROME;
            case "linux" -> Platform.LINUX;
            default -> system.startsWith("windows") ? Platform.WINDOWS : Platform.UNREPORTED;
        };
    }

    /** Graph v1.0 declares none of Android Enterprise's enrollment types, but tenants return some of them. */
    private static Platform android(String system, Device device) {
        String enrollment = device.deviceEnrollmentType() == null
                ? EnrollmentType.UNKNOWN.value()
                : device.deviceEnrollmentType().value();
        if (CORPORATE_ANDROID.contains(enrollment.toLowerCase(Locale.ROOT)) || system.equals("androidaosp")) {
            return Platform.ANDROID_CORPORATE;
        }
        return system.equals("androidforwork") && OwnerType.PERSONAL.equals(device.managedDeviceOwnerType())
                ? Platform.ANDROID_WORK_PROFILE
                : Platform.ANDROID;
    }
}
