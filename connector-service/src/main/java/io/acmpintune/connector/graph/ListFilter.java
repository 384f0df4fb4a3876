package io.acmpintune.connector.graph;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.acmpintune.connector.tenant.DeviceFilter;

/**
 * The {@code $filter} of a list. Intune supports {@code eq} on a few properties, {@code or} between values of one property, and
 * {@code and} between properties. It silently ignores most other conditions and returns every device, so callers check each row
 * again: the filter only saves reading.
 */
final class ListFilter {

    private ListFilter() {}

    /**
     * Returns the filter expression; null = no filter.
     *
     * @param after only devices that checked in later; null = any time
     */
    static @Nullable String of(DeviceFilter devices, @Nullable Instant after) {
        List<String> conditions = new ArrayList<>();
        if (after != null) {
            conditions.add("lastSyncDateTime gt " + after.truncatedTo(ChronoUnit.SECONDS));
        }
        devices.allowed().forEach((property, values) -> {
            if (property.isPushedDown()) {
                conditions.add(oneOf(property.graphName(), values));
            }
        });
        return conditions.isEmpty() ? null : String.join(" and ", conditions);
    }

    private static String oneOf(String property, Set<String> values) {
        String any = values.stream()
                .map(value -> property + " eq '" + value.replace("'", "''") + "'")
                .collect(Collectors.joining(" or "));
        return values.size() == 1 ? any : "(" + any + ")";
    }
}
