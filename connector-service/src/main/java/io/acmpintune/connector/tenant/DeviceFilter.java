package io.acmpintune.connector.tenant;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

import io.acmpintune.model.device.Device;
import io.acmpintune.model.device.GraphEnum;

/**
 * Selects the tenant's devices that a connector covers. A device must have one of the allowed values of each restricted property; a
 * device without a value does not match.
 *
 * @param allowed allowed values by property, ignoring case; properties that are absent are not restricted
 */
public record DeviceFilter(Map<Property, Set<String>> allowed) {

    public static final DeviceFilter NONE = new DeviceFilter(Map.of());

    public DeviceFilter {
        Map<Property, Set<String>> copy = new EnumMap<>(Property.class);
        allowed.forEach((property, values) -> {
            if (!values.isEmpty()) {
                Set<String> sorted = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
                sorted.addAll(values);
                copy.put(property, Collections.unmodifiableSet(sorted));
            }
        });
        allowed = Collections.unmodifiableMap(copy);
    }

    /** Properties that can be restricted. */
    public enum Property {
        OPERATING_SYSTEM("operatingSystem", "operating-systems", true),
        MANUFACTURER("manufacturer", "manufacturers", true),
        CATEGORY("deviceCategoryDisplayName", "categories", true),
        COMPLIANCE("complianceState", "compliance-states", true),
        MANAGEMENT_AGENT("managementAgent", "management-agents", true),
        /** Graph cannot filter by ownership, so it is only checked here. */
        OWNERSHIP("managedDeviceOwnerType", "ownership", false);

        private final String graphName;
        private final String key;
        private final boolean pushedDown;

        Property(String graphName, String key, boolean pushedDown) {
            this.graphName = graphName;
            this.key = key;
            this.pushedDown = pushedDown;
        }

        public String graphName() {
            return graphName;
        }

        /** Returns its key below {@code scanner.filter}. */
        public String key() {
            return key;
        }

        /** Returns whether Graph's list supports {@code eq} on it; Graph silently ignores other conditions. */
        public boolean isPushedDown() {
            return pushedDown;
        }

        private @Nullable String of(Device device) {
            return switch (this) {
                case OPERATING_SYSTEM -> device.operatingSystem();
                case MANUFACTURER -> device.manufacturer();
                case CATEGORY -> device.deviceCategoryDisplayName();
                case COMPLIANCE -> member(device.complianceState());
                case MANAGEMENT_AGENT -> member(device.managementAgent());
                case OWNERSHIP -> member(device.managedDeviceOwnerType());
            };
        }

        private static @Nullable String member(@Nullable GraphEnum member) {
            return member == null ? null : member.value();
        }
    }

    public boolean matches(Device device) {
        return allowed.entrySet().stream().allMatch(restriction -> {
            String value = restriction.getKey().of(device);
            return value != null && restriction.getValue().contains(value);
        });
    }

    /** Returns Graph's names of the properties needed to match a device. */
    public String[] columns() {
        return Arrays.stream(Property.values())
                .filter(allowed::containsKey)
                .map(Property::graphName)
                .toArray(String[]::new);
    }
}
