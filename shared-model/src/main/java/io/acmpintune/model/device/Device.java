package io.acmpintune.model.device;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A managed device as Intune's list shows it: the properties of Graph v1.0's {@code managedDevice}, under Graph's names.
 *
 * <p>
 * {@code null} means "Intune has no value". Graph says that in many ways: null, an empty text, the dates 0001-01-01 and
 * 9999-12-31, the GUID of zeros; the connector folds them into null where it reads them.
 *
 * <p>
 * Missing on purpose are the properties that Graph answers on single reads only (a list row says null, "" or 0 for them
 * whatever the device has: activationLockBypassCode, ethernetMacAddress, iccid, notes, physicalMemoryInBytes,
 * remoteAssistanceSessionUrl, udid), so that no list read can overwrite them.
 *
 * @param totalStorageSpaceInBytes bytes
 * @param freeStorageSpaceInBytes bytes
 * @param deviceHealthAttestationState Windows health attestation, attributes by Graph's names
 */
public record Device(DeviceId id, @Nullable String deviceName, @Nullable String managedDeviceName,
        // what it is
        @Nullable String operatingSystem, @Nullable String osVersion, @Nullable String androidSecurityPatchLevel,
        @Nullable String manufacturer, @Nullable String model, @Nullable String serialNumber, @Nullable String imei,
        @Nullable String meid, @Nullable String wiFiMacAddress, @Nullable String phoneNumber,
        @Nullable String subscriberCarrier, @Nullable Long totalStorageSpaceInBytes,
        @Nullable Long freeStorageSpaceInBytes,
        // whose it is
        @Nullable String userId, @Nullable String userPrincipalName, @Nullable String userDisplayName,
        @Nullable String emailAddress, @Nullable OwnerType managedDeviceOwnerType,
        @Nullable String deviceCategoryDisplayName,
        // how it is managed
        @Nullable ManagementState managementState, @Nullable ManagementAgent managementAgent,
        @Nullable EnrollmentType deviceEnrollmentType, @Nullable String enrollmentProfileName,
        @Nullable Instant enrolledDateTime, @Nullable Instant lastSyncDateTime,
        @Nullable Instant managementCertificateExpirationDate, @Nullable RegistrationState deviceRegistrationState,
        @Nullable Boolean requireUserEnrollmentApproval, @Nullable String azureADDeviceId,
        @Nullable Boolean azureADRegistered,
        // how it fares
        @Nullable ComplianceState complianceState, @Nullable Instant complianceGracePeriodExpirationDateTime,
        @Nullable Boolean isEncrypted, @Nullable Boolean isSupervised, @Nullable String jailBroken,
        @Nullable ThreatState partnerReportedThreatState,
        @Nullable Map<String, @Nullable String> deviceHealthAttestationState,
        @Nullable ConfigurationManagerFeatures configurationManagerClientEnabledFeatures,
        // its mail access
        @Nullable Boolean easActivated, @Nullable String easDeviceId, @Nullable Instant easActivationDateTime,
        @Nullable Instant exchangeLastSuccessfulSyncDateTime, @Nullable ExchangeAccessState exchangeAccessState,
        @Nullable ExchangeAccessStateReason exchangeAccessStateReason,
        // what was done to it
        @Nullable String remoteAssistanceSessionErrorDetails,
        @Nullable List<DeviceActionResult> deviceActionResults) {}
