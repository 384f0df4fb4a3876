package io.acmpintune.simulator.graph;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The kinds of device of a mixed tenant, each with its typical Intune properties. Some Android enrollment types and
 * agents are not declared in v1.0's metadata, although Intune sends them.
 */
enum Platform {
    ANDROID_FULLY_MANAGED(9, "Android", "androidEnterpriseFullyManaged", "googleCloudDevicePolicyController",
            "company"),
    ANDROID_DEDICATED(5, "AndroidEnterprise", "androidEnterpriseDedicatedDevice",
            "googleCloudDevicePolicyController",
            "company"),
    ANDROID_WORK_PROFILE(8, "AndroidForWork", "userEnrollment",
            "googleCloudDevicePolicyController", "personal"),
    ANDROID_CORPORATE_WORK_PROFILE(4,
            "Android", "unknownFutureValue", "googleCloudDevicePolicyController",
            "company"),
    ANDROID_ADMINISTRATOR(3, "Android", "userEnrollment", "mdm",
            "unknown"),
    ANDROID_OPEN_SOURCE(3, "AndroidAOSP",
            "androidAOSPUserlessDeviceEnrollment", "intuneAosp",
            "company"),
    IPHONE(20, "iOS", "appleBulkWithUser", "mdm",
            "company"),
    IPHONE_OF_USER(7, "iOS", "appleUserEnrollment",
            "mdm", "personal"),
    IPAD(6, "iPadOS",
            "appleBulkWithoutUser", "mdm",
            "company"),
    IPAD_CALLED_IOS(2, "iOS",
            "appleBulkWithoutUser", "mdm",
            "company"),
    WINDOWS(20, "Windows",
            "windowsAzureADJoin", "mdm",
            "company"),
    WINDOWS_CO_MANAGED(
            6, "Windows",
            "windowsCoManagement",
            "configurationManagerClientMdm",
            "company"),
    WINDOWS_AUTO(
            2,
            "Windows",
            "windowsAutoEnrollment",
            "mdm",
            "company"),
    MAC(
            5,
            "macOS",
            "userEnrollment",
            "mdm",
            "company");

    private static final int TOTAL = List.of(values()).stream().mapToInt(platform -> platform.share).sum();

    private final int share;
    private final String operatingSystem;
    private final String enrollmentType;
    private final String managementAgent;
    private final String owner;

    Platform(int share, String operatingSystem, String enrollmentType, String managementAgent, String owner) {
        this.share = share;
        this.operatingSystem = operatingSystem;
        this.enrollmentType = enrollmentType;
        this.managementAgent = managementAgent;
        this.owner = owner;
    }

    static Platform any(RandomGenerator random) {
        int left = random.nextInt(TOTAL);
        for (Platform platform : values()) {
            left -= platform.share;
            if (left < 0) {
                return platform;
            }
        }
        throw new IllegalStateException("the shares do not add up to " + TOTAL);
    }

    String operatingSystem() {
        return operatingSystem;
    }

    String enrollmentType() {
        return enrollmentType;
    }

    String managementAgent() {
        return managementAgent;
    }

    String owner() {
        return owner;
    }

    boolean android() {
        return operatingSystem.startsWith("Android");
    }

    boolean apple() {
        return mobileApple() || this == MAC;
    }

    boolean mobileApple() {
        return this == IPHONE || this == IPHONE_OF_USER || tablet();
    }

    boolean tablet() {
        return this == IPAD || this == IPAD_CALLED_IOS;
    }

    boolean windows() {
        return operatingSystem.equals("Windows");
    }

    /** Returns true for kiosks, panels and shared tablets, which have no user. */
    boolean userless() {
        return this == ANDROID_DEDICATED || this == ANDROID_OPEN_SOURCE || tablet();
    }
}
