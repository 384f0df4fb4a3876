package io.acmpintune.engine.audit;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.acmpintune.model.device.DeviceId;

/**
 * IDs that connect an event to other records.
 *
 * @param intuneRequest Graph's request ID, which Microsoft support and Intune's audit use
 */
public record Correlation(@Nullable UUID job, @Nullable UUID client, @Nullable DeviceId device, @Nullable UUID action,
        @Nullable String intuneRequest) {

    public static final Correlation NONE = new Correlation(null, null, null, null, null);

    public static Correlation ofJob(UUID job) {
        return new Correlation(job, null, null, null, null);
    }

    SortedMap<String, String> values() {
        TreeMap<String, String> values = new TreeMap<>();
        put(values, "job", job);
        put(values, "client", client);
        put(values, "device", device == null ? null : device.value());
        put(values, "action", action);
        put(values, "intuneRequest", intuneRequest);
        return values;
    }

    private static void put(Map<String, String> values, String name, @Nullable Object value) {
        if (value != null) {
            values.put(name, TextSanitizer.clean(value.toString()));
        }
    }
}
