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
 * Which of the tenant's devices a connector is about: per property the values of which a device must have one. What is not
 * restricted admits every device; a device without a value is not admitted by a restriction of it.
 *
 * @param wanted values by property; upper and lower case are the same
 */
public record DeviceFilter(Map<Property, Set<String>> wanted) {

    public static final DeviceFilter NONE = new DeviceFilter(Map.of());

    public DeviceFilter {
        Map<Property, Set<String>> copy = new EnumMap<>(Property.class);
        wanted.forEach((property, values) -> {
            if (!values.isEmpty()) {
                Set<String> sorted = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
                sorted.addAll(values);
                copy.put(property, Collections.unmodifiableSet(sorted));
            }
        });
        wanted = Collections.unmodifiableMap(copy);
    }

    /** What can be restricted. */
    public enum Property {
        OPERATING_SYSTEM("operatingSystem", "operating-systems", true),
        MANUFACTURER("manufacturer", "manufacturers", true),
        CATEGORY("deviceCategoryDisplayName", "categories", true),
        COMPLIANCE("complianceState", "compliance-states", true),
        MANAGEMENT_AGENT("managementAgent", "management-agents", true),
        /** Graph cannot filter by it: it is checked here alone. */
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

        /** Its name below {@code scanner.filter}. */
        public String key() {
            return key;
        }

        /** True where Graph's list can be asked for it ({@code eq}); Graph ignores any other condition without a word. */
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

    public boolean isNone() {
        return wanted.isEmpty();
    }

    public boolean matches(Device device) {
        return wanted.entrySet().stream().allMatch(restriction -> {
            String value = restriction.getKey().of(device);
            return value != null && restriction.getValue().contains(value);
        });
    }

    /** Graph's names of the properties that must be read of a device to tell whether it is admitted. */
    public String[] columns() {
        return Arrays.stream(Property.values())
                .filter(wanted::containsKey)
                .map(Property::graphName)
                .toArray(String[]::new);
    }
}
