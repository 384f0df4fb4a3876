package io.acmpintune.engine.matching;

import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.acmpintune.model.device.DeviceId;

/** Which client a device is. Each explanation is a sentence that can be shown. */
public sealed interface Match {

    /** It stays what it is. */
    record Unchanged(UUID client) implements Match {}

    /**
     * It is a client that was there already.
     *
     * @param from the device that was this client until now; null = none was
     */
    record ExistingClient(UUID client, MatchingRule rule, String explanation,
            @Nullable DeviceId from) implements Match {}

    /**
     * It is a client of its own.
     *
     * @param rule {@link MatchingRule#PIN} when an operator wants it so; null = nothing that was known could be meant
     */
    record NewClient(UUID client, @Nullable MatchingRule rule, String explanation) implements Match {}

    /** It may be one of these clients, and only an operator can say. */
    record Conflict(List<UUID> candidates, MatchingRule rule, String explanation) implements Match {
        public Conflict {
            candidates = List.copyOf(candidates);
        }
    }

    /** It is an old record of the device that is this client now under another. */
    record Superseded(UUID client, MatchingRule rule, String explanation) implements Match {}

    /** An operator wants nothing to be done with it. */
    record Ignored(String explanation) implements Match {}
}
