package io.acmpintune.model.device;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A managed device as Intune lists it: the properties of Graph v1.0's {@code managedDevice}, under Graph's names.
 *
 * <p>
 * {@code null} means "Intune has no value". Graph expresses that as null, an empty text, the dates 0001-01-01 and
 * 9999-12-31, or the all-zero GUID; the connector maps all of them to null.
 *
 * <p>
 * Properties that Graph returns on single reads only are deliberately missing, so that no list read overwrites them.
 * List rows have null, "" or 0 for activationLockBypassCode, ethernetMacAddress, iccid, notes, physicalMemoryInBytes,
 * remoteAssistanceSessionUrl and udid.
 *
 * @param totalStorageSpaceInBytes bytes
 * @param freeStorageSpaceInBytes bytes
 * @param deviceHealthAttestationState Windows health attestation, attributes by Graph's names
 */
public record Device(DeviceId id, @Nullable String deviceName, @Nullable String managedDeviceName,
        // identity
        @Nullable String operatingSystem, @Nullable String osVersion, @Nullable String androidSecurityPatchLevel,
        @Nullable String manufacturer, @Nullable String model, @Nullable String serialNumber, @Nullable String imei,
        @Nullable String meid, @Nullable String wiFiMacAddress, @Nullable String phoneNumber,
        @Nullable String subscriberCarrier, @Nullable Long totalStorageSpaceInBytes,
        @Nullable Long freeStorageSpaceInBytes,
        // user
        @Nullable String userId, @Nullable String userPrincipalName, @Nullable String userDisplayName,
        @Nullable String emailAddress, @Nullable OwnerType managedDeviceOwnerType,
        @Nullable String deviceCategoryDisplayName,
        // management
        @Nullable ManagementState managementState, @Nullable ManagementAgent managementAgent,
        @Nullable EnrollmentType deviceEnrollmentType, @Nullable String enrollmentProfileName,
        @Nullable Instant enrolledDateTime, @Nullable Instant lastSyncDateTime,
        @Nullable Instant managementCertificateExpirationDate, @Nullable RegistrationState deviceRegistrationState,
        @Nullable Boolean requireUserEnrollmentApproval, @Nullable String azureADDeviceId,
        @Nullable Boolean azureADRegistered,
        // health
        @Nullable ComplianceState complianceState, @Nullable Instant complianceGracePeriodExpirationDateTime,
        @Nullable Boolean isEncrypted, @Nullable Boolean isSupervised, @Nullable String jailBroken,
        @Nullable ThreatState partnerReportedThreatState,
        @Nullable Map<String, @Nullable String> deviceHealthAttestationState,
        @Nullable ConfigurationManagerFeatures configurationManagerClientEnabledFeatures,
        // mail access
        @Nullable Boolean easActivated, @Nullable String easDeviceId, @Nullable Instant easActivationDateTime,
        @Nullable Instant exchangeLastSuccessfulSyncDateTime, @Nullable ExchangeAccessState exchangeAccessState,
        @Nullable ExchangeAccessStateReason exchangeAccessStateReason,
        // actions
        @Nullable String remoteAssistanceSessionErrorDetails,
        @Nullable List<DeviceActionResult> deviceActionResults) {}
