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
 * The {@code $filter} of a list. Intune takes {@code eq} on a few properties, {@code or} between values of one property, and
 * {@code and} between properties. What it does not take it mostly ignores without a word and answers every device, so whoever
 * reads the rows checks them again: a filter saves reading, it decides nothing.
 */
final class ListFilter {

    private ListFilter() {}

    /**
     * Null where nothing is to be filtered.
     *
     * @param after only what has checked in after it; null = whenever
     */
    static @Nullable String of(DeviceFilter rows, @Nullable Instant after) {
        List<String> conditions = new ArrayList<>();
        if (after != null) {
            conditions.add("lastSyncDateTime gt " + after.truncatedTo(ChronoUnit.SECONDS));
        }
        rows.wanted().forEach((property, values) -> {
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
