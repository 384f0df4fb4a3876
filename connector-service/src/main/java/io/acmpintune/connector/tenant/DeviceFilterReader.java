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

/** Checks what {@code scanner.filter} says: a wrong word would silently leave out devices. */
final class DeviceFilterReader {

    private static final int LONGEST_VALUE = 256;

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

    private final ConnectorReader faults;

    DeviceFilterReader(ConnectorReader faults) {
        this.faults = faults;
    }

    /** The filter; what is wrong is noted, and left out. */
    DeviceFilter read(String key, FilterProperties properties) {
        Map<Property, Set<String>> wanted = new EnumMap<>(Property.class);
        for (Property property : Property.values()) {
            Set<String> values = new TreeSet<>();
            for (String value : of(property, properties)) {
                if (isUsable(key + "." + property.key(), property, value)) {
                    values.add(spelling(property, value.strip()));
                }
            }
            wanted.put(property, values);
        }
        return new DeviceFilter(wanted);
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
        if (value.isBlank() || value.length() > LONGEST_VALUE || value.chars().anyMatch(Character::isISOControl)) {
            faults.fault(key, "holds a value that no device has",
                    "Name values of 1 to " + LONGEST_VALUE + " characters as Intune shows them, or leave the key out");
            return false;
        }
        Set<String> members = MEMBERS.get(property);
        if (members != null && members.stream().noneMatch(value.strip()::equalsIgnoreCase)) {
            faults.fault(key, "'" + value + "' is not a value of Intune's " + property.graphName(),
                    "Use one or more of " + String.join(", ", new TreeSet<>(members)) + ", or leave the key out");
            return false;
        }
        return true;
    }

    /** Graph refuses an enum member in another spelling. */
    private static String spelling(Property property, String value) {
        return MEMBERS.getOrDefault(property, Set.of())
                .stream()
                .filter(value::equalsIgnoreCase)
                .findFirst()
                .orElse(value);
    }
}
