package io.acmpintune.simulator.graph;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The properties of {@code managedDevice} in Graph v1.0, in the order of a list. Source: Microsoft's v1.0 metadata of
 * August 2026.
 */
enum Column {
    ID("id", Kind.TEXT),
    USER_ID("userId", Kind.TEXT),
    DEVICE_NAME("deviceName", Kind.TEXT),
    MANAGED_DEVICE_OWNER_TYPE(
            "managedDeviceOwnerType",
            Kind.TEXT),
    ENROLLED_DATE_TIME("enrolledDateTime", Kind.DATE),
    LAST_SYNC_DATE_TIME("lastSyncDateTime",
            Kind.DATE),
    OPERATING_SYSTEM("operatingSystem", Kind.TEXT),
    COMPLIANCE_STATE("complianceState",
            Kind.TEXT),
    JAIL_BROKEN("jailBroken", Kind.TEXT),
    MANAGEMENT_AGENT("managementAgent",
            Kind.TEXT),
    OS_VERSION("osVersion", Kind.TEXT),
    EAS_ACTIVATED("easActivated",
            Kind.FLAG),
    EAS_DEVICE_ID("easDeviceId",
            Kind.TEXT),
    EAS_ACTIVATION_DATE_TIME("easActivationDateTime",
            Kind.DATE),
    AZURE_AD_REGISTERED("azureADRegistered",
            Kind.FLAG),
    DEVICE_ENROLLMENT_TYPE(
            "deviceEnrollmentType",
            Kind.TEXT),
    ACTIVATION_LOCK_BYPASS_CODE(
            "activationLockBypassCode",
            Kind.TEXT,
            true),
    EMAIL_ADDRESS("emailAddress",
            Kind.TEXT),
    AZURE_AD_DEVICE_ID(
            "azureADDeviceId",
            Kind.TEXT),
    DEVICE_REGISTRATION_STATE(
            "deviceRegistrationState",
            Kind.TEXT),
    DEVICE_CATEGORY_DISPLAY_NAME(
            "deviceCategoryDisplayName",
            Kind.TEXT),
    IS_SUPERVISED(
            "isSupervised",
            Kind.FLAG),
    EXCHANGE_LAST_SUCCESSFUL_SYNC_DATE_TIME(
            "exchangeLastSuccessfulSyncDateTime",
            Kind.DATE),
    EXCHANGE_ACCESS_STATE(
            "exchangeAccessState",
            Kind.TEXT),
    EXCHANGE_ACCESS_STATE_REASON(
            "exchangeAccessStateReason",
            Kind.TEXT),
    REMOTE_ASSISTANCE_SESSION_URL(
            "remoteAssistanceSessionUrl",
            Kind.TEXT,
            true),
    REMOTE_ASSISTANCE_SESSION_ERROR_DETAILS(
            "remoteAssistanceSessionErrorDetails",
            Kind.TEXT),
    IS_ENCRYPTED(
            "isEncrypted",
            Kind.FLAG),
    USER_PRINCIPAL_NAME(
            "userPrincipalName",
            Kind.TEXT),
    MODEL(
            "model",
            Kind.TEXT),
    MANUFACTURER(
            "manufacturer",
            Kind.TEXT),
    IMEI(
            "imei",
            Kind.TEXT),
    COMPLIANCE_GRACE_PERIOD_EXPIRATION_DATE_TIME(
            "complianceGracePeriodExpirationDateTime",
            Kind.DATE),
    SERIAL_NUMBER(
            "serialNumber",
            Kind.TEXT),
    PHONE_NUMBER(
            "phoneNumber",
            Kind.TEXT),
    ANDROID_SECURITY_PATCH_LEVEL(
            "androidSecurityPatchLevel",
            Kind.TEXT),
    USER_DISPLAY_NAME(
            "userDisplayName",
            Kind.TEXT),
    CONFIGURATION_MANAGER_CLIENT_ENABLED_FEATURES(
            "configurationManagerClientEnabledFeatures",
            Kind.OBJECT),
    WIFI_MAC_ADDRESS(
            "wiFiMacAddress",
            Kind.TEXT),
    DEVICE_HEALTH_ATTESTATION_STATE(
            "deviceHealthAttestationState",
            Kind.OBJECT),
    SUBSCRIBER_CARRIER(
            "subscriberCarrier",
            Kind.TEXT),
    MEID(
            "meid",
            Kind.TEXT),
    TOTAL_STORAGE_SPACE_IN_BYTES(
            "totalStorageSpaceInBytes",
            Kind.NUMBER),
    FREE_STORAGE_SPACE_IN_BYTES(
            "freeStorageSpaceInBytes",
            Kind.NUMBER),
    MANAGED_DEVICE_NAME(
            "managedDeviceName",
            Kind.TEXT),
    PARTNER_REPORTED_THREAT_STATE(
            "partnerReportedThreatState",
            Kind.TEXT),
    REQUIRE_USER_ENROLLMENT_APPROVAL(
            "requireUserEnrollmentApproval",
            Kind.FLAG),
    MANAGEMENT_CERTIFICATE_EXPIRATION_DATE(
            "managementCertificateExpirationDate",
            Kind.DATE),
    ICCID(
            "iccid",
            Kind.TEXT,
            true),
    UDID(
            "udid",
            Kind.TEXT,
            true),
    NOTES(
            "notes",
            Kind.TEXT,
            true),
    ETHERNET_MAC_ADDRESS(
            "ethernetMacAddress",
            Kind.TEXT,
            true),
    PHYSICAL_MEMORY_IN_BYTES(
            "physicalMemoryInBytes",
            Kind.NUMBER,
            true),
    ENROLLMENT_PROFILE_NAME(
            "enrollmentProfileName",
            Kind.TEXT),
    DEVICE_ACTION_RESULTS(
            "deviceActionResults",
            Kind.LIST),
    MANAGEMENT_STATE(
            "managementState",
            Kind.TEXT);

    private static final Map<String, Column> BY_NAME = Arrays.stream(values())
            .collect(Collectors.toUnmodifiableMap(Column::property, Function.identity()));

    private final String property;
    private final Kind kind;
    private final boolean onlyOnSingleReads;

    Column(String property, Kind kind) {
        this(property, kind, false);
    }

    Column(String property, Kind kind, boolean onlyOnSingleReads) {
        this.property = property;
        this.kind = kind;
        this.onlyOnSingleReads = onlyOnSingleReads;
    }

    /** The JSON type of a column; all but flags and numbers may be null. */
    enum Kind {
        TEXT, DATE, FLAG, NUMBER, OBJECT, LIST
    }

    static Optional<Column> named(String property) {
        return Optional.ofNullable(BY_NAME.get(property));
    }

    String property() {
        return property;
    }

    Kind kind() {
        return kind;
    }

    /** Returns true if Graph shows the value only in a single read whose {@code $select} names the property. */
    boolean onlyOnSingleReads() {
        return onlyOnSingleReads;
    }
}
