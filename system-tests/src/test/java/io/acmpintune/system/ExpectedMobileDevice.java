package io.acmpintune.system;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import tools.jackson.databind.JsonNode;

/** The expected mobile device record, computed from Graph's JSON field by field and independently of the product. */
final class ExpectedMobileDevice {

    private static final String NO_DATE = "1899-12-30T00:00:00.000Z";
    private static final DateTimeFormatter MILLISECONDS = DateTimeFormatter
            .ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final JsonNode device;
    private final Map<String, String> fields = new LinkedHashMap<>();

    private ExpectedMobileDevice(JsonNode device) {
        this.device = device;
    }

    static Map<String, String> of(JsonNode device) {
        return new ExpectedMobileDevice(device).fields();
    }

    private Map<String, String> fields() {
        text("IntuneDeviceId", "id").text("DeviceName", "deviceName").person("ManagedDeviceName", "managedDeviceName");
        text("OperatingSystem", "operatingSystem").text("OSVersion", "osVersion");
        text("AndroidSecurityPatchLevel", "androidSecurityPatchLevel");
        text("Manufacturer", "manufacturer").text("Model", "model").text("SerialNumber", "serialNumber");
        text("IMEI", "imei").text("MEID", "meid").text("WiFiMacAddress", "wiFiMacAddress");
        text("SubscriberCarrier", "subscriberCarrier").person("PhoneNumber", "phoneNumber");
        person("UserId", "userId").person("UserPrincipalName", "userPrincipalName");
        person("UserDisplayName", "userDisplayName").person("EmailAddress", "emailAddress");
        text("OwnerType", "managedDeviceOwnerType").text("ComplianceState", "complianceState");
        date("ComplianceGracePeriodExpiration", "complianceGracePeriodExpirationDateTime");
        text("ManagementState", "managementState").text("ManagementAgent", "managementAgent");
        text("EnrollmentType", "deviceEnrollmentType").text("EnrollmentProfileName", "enrollmentProfileName");
        text("RegistrationState", "deviceRegistrationState").text("DeviceCategory", "deviceCategoryDisplayName");
        guid("EntraDeviceId", "azureADDeviceId").flag("EntraRegistered", "azureADRegistered");
        date("EnrolledDate", "enrolledDateTime").date("LastSyncDate", "lastSyncDateTime");
        date("ManagementCertificateExpiration", "managementCertificateExpirationDate");
        flag("IsEncrypted", "isEncrypted").flag("IsSupervised", "isSupervised");
        flag("UserEnrollmentApprovalRequired", "requireUserEnrollmentApproval");
        text("JailBroken", "jailBroken").text("ThreatState", "partnerReportedThreatState");
        flag("EasActivated", "easActivated").text("EasDeviceId", "easDeviceId");
        date("EasActivationDate", "easActivationDateTime");
        text("ExchangeAccessState", "exchangeAccessState");
        text("ExchangeAccessStateReason", "exchangeAccessStateReason");
        date("ExchangeLastSyncDate", "exchangeLastSuccessfulSyncDateTime");
        number("TotalStorageBytes", "totalStorageSpaceInBytes").number("FreeStorageBytes", "freeStorageSpaceInBytes");
        text("RemoteAssistanceSessionErrorDetails", "remoteAssistanceSessionErrorDetails");
        fields.put("RecordState", "active");
        return fields;
    }

    private ExpectedMobileDevice text(String field, String property) {
        fields.put(field, device.path(property).asString(""));
        return this;
    }

    /** Personal data, which is left out for personally owned devices unless switched on. */
    private ExpectedMobileDevice person(String field, String property) {
        boolean personal = device.path("managedDeviceOwnerType").asString("").equals("personal");
        fields.put(field, personal ? "" : device.path(property).asString(""));
        return this;
    }

    private ExpectedMobileDevice guid(String field, String property) {
        String guid = device.path(property).asString("");
        boolean none = guid.isEmpty() || guid.equals("00000000-0000-0000-0000-000000000000");
        fields.put(field, none ? "" : "{" + guid.toUpperCase(Locale.ROOT) + "}");
        return this;
    }

    private ExpectedMobileDevice flag(String field, String property) {
        fields.put(field, device.path(property).isBoolean() && device.path(property).asBoolean() ? "true" : "false");
        return this;
    }

    private ExpectedMobileDevice number(String field, String property) {
        fields.put(field, String.valueOf(device.path(property).asLong(0)));
        return this;
    }

    /** A date. Intune represents "no date" by null, the year 1 or the year 9999. */
    private ExpectedMobileDevice date(String field, String property) {
        String date = device.path(property).asString("");
        boolean none = date.isEmpty() || date.startsWith("0001-") || date.startsWith("9999-");
        fields.put(field, none ? NO_DATE : MILLISECONDS.format(Instant.parse(date)));
        return this;
    }
}
