package io.acmpintune.engine.console.client;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import io.acmpintune.engine.client.ClientDetails.LinkedDevice;
import io.acmpintune.engine.console.Frame;
import io.acmpintune.engine.workflow.PersonalDataPolicy;
import io.acmpintune.model.device.ConfigurationManagerFeatures;
import io.acmpintune.model.device.Device;
import io.acmpintune.model.device.DeviceDetails;
import io.acmpintune.model.device.GraphEnum;

/** All properties that Intune reports of a device, in groups. Personal data is left out where the workflow hides it. */
final class PropertyGroups {

    private static final double KIB = 1024;
    private static final DeviceDetails NOTHING = new DeviceDetails(null, null, null, null, null);

    private final Frame frame;
    private final Predicate<String> hidden;
    private final List<Group> groups = new ArrayList<>();

    private PropertyGroups(Frame frame, Predicate<String> hidden) {
        this.frame = frame;
        this.hidden = hidden;
    }

    /** A group under a heading. */
    record Group(String key, List<Property> properties) {}

    /**
     * One property.
     *
     * @param name Graph's name, which is the key of its label
     * @param value null = Intune reports none, or it is hidden
     */
    record Property(String name, @Nullable String value, boolean hidden) {}

    static List<Group> of(LinkedDevice linked, PersonalDataPolicy policy, Frame frame) {
        Device device = linked.properties();
        PropertyGroups groups = new PropertyGroups(frame,
                property -> policy.hides(property, device.managedDeviceOwnerType()));
        groups.hardware(device, linked.details() == null ? NOTHING : linked.details());
        groups.system(device);
        groups.person(device);
        groups.management(device);
        groups.compliance(device);
        groups.mail(device);
        return List.copyOf(groups.groups);
    }

    private void hardware(Device device, DeviceDetails details) {
        add("hardware", property("manufacturer", device.manufacturer()), property("model", device.model()),
                property("serialNumber", device.serialNumber()), property("imei", device.imei()),
                property("meid", device.meid()), property("wiFiMacAddress", device.wiFiMacAddress()),
                property("ethernetMacAddress", details.ethernetMacAddress()), property("iccid", details.iccid()),
                property("udid", details.udid()),
                property("physicalMemoryInBytes", bytes(details.physicalMemoryInBytes())),
                property("phoneNumber", device.phoneNumber()),
                property("subscriberCarrier", device.subscriberCarrier()),
                property("totalStorageSpaceInBytes", bytes(device.totalStorageSpaceInBytes())),
                property("freeStorageSpaceInBytes", bytes(device.freeStorageSpaceInBytes())),
                property("notes", details.notes()));
    }

    private void system(Device device) {
        add("system", property("deviceName", device.deviceName()),
                property("managedDeviceName", device.managedDeviceName()),
                property("operatingSystem", device.operatingSystem()), property("osVersion", device.osVersion()),
                property("androidSecurityPatchLevel", device.androidSecurityPatchLevel()),
                property("id", device.id().value()), property("azureADDeviceId", device.azureADDeviceId()));
    }

    private void person(Device device) {
        add("person", property("userDisplayName", device.userDisplayName()),
                property("userPrincipalName", device.userPrincipalName()),
                property("emailAddress", device.emailAddress()), property("userId", device.userId()),
                property("managedDeviceOwnerType", member("owner", device.managedDeviceOwnerType())),
                property("deviceCategoryDisplayName", device.deviceCategoryDisplayName()));
    }

    private void management(Device device) {
        add("management", property("managementState", member("managementState", device.managementState())),
                property("managementAgent", member("managementAgent", device.managementAgent())),
                property("deviceEnrollmentType", member("enrollmentType", device.deviceEnrollmentType())),
                property("enrollmentProfileName", device.enrollmentProfileName()),
                property("deviceRegistrationState", member("registrationState", device.deviceRegistrationState())),
                property("enrolledDateTime", moment(device.enrolledDateTime())),
                property("lastSyncDateTime", moment(device.lastSyncDateTime())),
                property("managementCertificateExpirationDate",
                        moment(device.managementCertificateExpirationDate())),
                property("azureADRegistered", yes(device.azureADRegistered())),
                property("requireUserEnrollmentApproval", yes(device.requireUserEnrollmentApproval())),
                property("configurationManagerClientEnabledFeatures",
                        features(device.configurationManagerClientEnabledFeatures())));
    }

    private void compliance(Device device) {
        add("compliance", property("complianceState", member("compliance", device.complianceState())),
                property("complianceGracePeriodExpirationDateTime",
                        moment(device.complianceGracePeriodExpirationDateTime())),
                property("isEncrypted", yes(device.isEncrypted())),
                property("isSupervised", yes(device.isSupervised())), property("jailBroken", device.jailBroken()),
                property("partnerReportedThreatState", member("threatState", device.partnerReportedThreatState())),
                property("deviceHealthAttestationState", attestation(device.deviceHealthAttestationState())));
    }

    private void mail(Device device) {
        add("mail", property("easActivated", yes(device.easActivated())),
                property("easDeviceId", device.easDeviceId()),
                property("easActivationDateTime", moment(device.easActivationDateTime())),
                property("exchangeLastSuccessfulSyncDateTime", moment(device.exchangeLastSuccessfulSyncDateTime())),
                property("exchangeAccessState", member("exchangeAccessState", device.exchangeAccessState())),
                property("exchangeAccessStateReason",
                        member("exchangeAccessStateReason", device.exchangeAccessStateReason())));
    }

    private void add(String key, Property... properties) {
        groups.add(new Group(key, List.of(properties)));
    }

    private Property property(String name, @Nullable String value) {
        return hidden.test(name)
                ? new Property(name, null, true)
                : new Property(name, value == null || value.isBlank() ? null : value, false);
    }

    private @Nullable String member(String enumeration, @Nullable GraphEnum member) {
        return member == null ? null : frame.labels().of(enumeration, member.value());
    }

    private @Nullable String moment(@Nullable Instant instant) {
        return instant == null ? null : frame.times().moment(instant);
    }

    private @Nullable String yes(@Nullable Boolean value) {
        return value == null ? null : frame.labels().text(value ? "yes" : "no");
    }

    private static @Nullable String bytes(@Nullable Long bytes) {
        return bytes == null ? null : String.format(Locale.ROOT, "%.1f GiB", bytes / (KIB * KIB * KIB));
    }

    private @Nullable String attestation(@Nullable Map<String, @Nullable String> state) {
        return state == null ? null : state.get("deviceHealthAttestationStatus");
    }

    private @Nullable String features(@Nullable ConfigurationManagerFeatures features) {
        if (features == null) {
            return null;
        }
        List<String> enabled = new ArrayList<>();
        note(enabled, "inventory", features.inventory());
        note(enabled, "modernApps", features.modernApps());
        note(enabled, "resourceAccess", features.resourceAccess());
        note(enabled, "deviceConfiguration", features.deviceConfiguration());
        note(enabled, "compliancePolicy", features.compliancePolicy());
        note(enabled, "windowsUpdateForBusiness", features.windowsUpdateForBusiness());
        return enabled.isEmpty() ? null : String.join(", ", enabled);
    }

    private static void note(List<String> enabled, String name, @Nullable Boolean on) {
        if (on != null && on) {
            enabled.add(name);
        }
    }
}
