package io.acmpintune.model.device;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Intune's {@code deviceEnrollmentType}: the members that Graph v1.0 declares, and any other that a tenant answers, by
 * its text.
 */
public record EnrollmentType(@JsonValue String value) implements GraphEnum {
    public static final EnrollmentType UNKNOWN = new EnrollmentType("unknown");
    public static final EnrollmentType USER_ENROLLMENT = new EnrollmentType("userEnrollment");
    public static final EnrollmentType DEVICE_ENROLLMENT_MANAGER = new EnrollmentType("deviceEnrollmentManager");
    public static final EnrollmentType APPLE_BULK_WITH_USER = new EnrollmentType("appleBulkWithUser");
    public static final EnrollmentType APPLE_BULK_WITHOUT_USER = new EnrollmentType("appleBulkWithoutUser");
    public static final EnrollmentType WINDOWS_AZURE_AD_JOIN = new EnrollmentType("windowsAzureADJoin");
    public static final EnrollmentType WINDOWS_BULK_USERLESS = new EnrollmentType("windowsBulkUserless");
    public static final EnrollmentType WINDOWS_AUTO_ENROLLMENT = new EnrollmentType("windowsAutoEnrollment");
    public static final EnrollmentType WINDOWS_BULK_AZURE_DOMAIN_JOIN = new EnrollmentType(
            "windowsBulkAzureDomainJoin");
    public static final EnrollmentType WINDOWS_CO_MANAGEMENT = new EnrollmentType("windowsCoManagement");
    public static final EnrollmentType WINDOWS_AZURE_AD_JOIN_USING_DEVICE_AUTH = new EnrollmentType(
            "windowsAzureADJoinUsingDeviceAuth");
    public static final EnrollmentType APPLE_USER_ENROLLMENT = new EnrollmentType("appleUserEnrollment");
    public static final EnrollmentType APPLE_USER_ENROLLMENT_WITH_SERVICE_ACCOUNT = new EnrollmentType(
            "appleUserEnrollmentWithServiceAccount");
    public static final EnrollmentType UNKNOWN_FUTURE_VALUE = new EnrollmentType("unknownFutureValue");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public EnrollmentType {
        if (value.isBlank()) {
            throw new IllegalArgumentException("deviceEnrollmentType is blank");
        }
    }
}
