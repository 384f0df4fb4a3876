package io.acmpintune.connector.tenant;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.acmpintune.connector.tenant.DeviceFilter.Property;
import io.acmpintune.connector.tenant.IntuneProperties.FilterProperties;
import io.acmpintune.model.device.ComplianceState;
import io.acmpintune.model.device.ManagementAgent;
import io.acmpintune.model.device.OwnerType;

/** Validates {@code scanner.filter}, because a misspelt value would silently exclude devices. */
final class DeviceFilterReader {

    private static final int MAX_LENGTH = 256;

    private static final Map<Property, Set<String>> MEMBERS = Map.of(Property.OWNERSHIP,
            Set.of(OwnerType.COMPANY.value(), OwnerType.PERSONAL.value(), OwnerType.UNKNOWN.value()),
            Property.COMPLIANCE,
            Set.of(ComplianceState.UNKNOWN.value(), ComplianceState.COMPLIANT.value(),
                    ComplianceState.NONCOMPLIANT.value(), ComplianceState.CONFLICT.value(),
                    ComplianceState.ERROR.value(), ComplianceState.IN_GRACE_PERIOD.value(),
                    ComplianceState.CONFIG_MANAGER.value()),
            Property.MANAGEMENT_AGENT,
            Set.of(ManagementAgent.EAS.value(), ManagementAgent.MDM.value(), ManagementAgent.EAS_MDM.value(),
                    ManagementAgent.INTUNE_CLIENT.value(), ManagementAgent.EAS_INTUNE_CLIENT.value(),
                    ManagementAgent.CONFIGURATION_MANAGER_CLIENT.value(),
                    ManagementAgent.CONFIGURATION_MANAGER_CLIENT_MDM.value(),
                    ManagementAgent.CONFIGURATION_MANAGER_CLIENT_MDM_EAS.value(), ManagementAgent.UNKNOWN.value(),
                    ManagementAgent.JAMF.value(), ManagementAgent.GOOGLE_CLOUD_DEVICE_POLICY_CONTROLLER.value(),
                    ManagementAgent.MICROSOFT365_MANAGED_MDM.value(), ManagementAgent.MS_SENSE.value()));

    private final FaultCollector faults;

    DeviceFilterReader(FaultCollector faults) {
        this.faults = faults;
    }

    /** Returns the filter without invalid values, and collects faults. */
    DeviceFilter read(String key, FilterProperties properties) {
        Map<Property, Set<String>> allowed = new EnumMap<>(Property.class);
        for (Property property : Property.values()) {
            Set<String> values = new TreeSet<>();
            for (String value : of(property, properties)) {
                if (isUsable(key + "." + property.key(), property, value)) {
                    values.add(spelling(property, value.strip()));
                }
            }
            allowed.put(property, values);
        }
        return new DeviceFilter(allowed);
    }

    private static List<String> of(Property property, FilterProperties properties) {
        return switch (property) {
            case OPERATING_SYSTEM -> properties.operatingSystems();
            case MANUFACTURER -> properties.manufacturers();
            case CATEGORY -> properties.categories();
            case COMPLIANCE -> properties.complianceStates();
            case MANAGEMENT_AGENT -> properties.managementAgents();
            case OWNERSHIP -> properties.ownership();
        };
    }

    private boolean isUsable(String key, Property property, String value) {
        if (value.isBlank() || value.length() > MAX_LENGTH || value.chars().anyMatch(Character::isISOControl)) {
            faults.add(key, "contains a value that no device can have",
                    "Set values of 1 to " + MAX_LENGTH + " characters as Intune shows them, or leave the key out");
            return false;
        }
        Set<String> members = MEMBERS.get(property);
        if (members != null && members.stream().noneMatch(value.strip()::equalsIgnoreCase)) {
            faults.add(key, "'" + value + "' is not a value of Intune's " + property.graphName(),
                    "Use one or more of " + String.join(", ", new TreeSet<>(members)) + ", or leave the key out");
            return false;
        }
        return true;
    }

    /** Graph rejects enum members in another spelling. */
    private static String spelling(Property property, String value) {
        return MEMBERS.getOrDefault(property, Set.of())
                .stream()
                .filter(value::equalsIgnoreCase)
                .findFirst()
                .orElse(value);
    }
}
