package io.acmpintune.engine.matching;

import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.acmpintune.model.device.DeviceId;

/** Which client a device is. Explanations are sentences for operators. */
public sealed interface Match {

    /** It keeps its client. */
    record Unchanged(UUID client) implements Match {}

    /**
     * It is an existing client.
     *
     * @param from the device that was this client until now; null = none
     */
    record ExistingClient(UUID client, MatchingRule rule, String explanation,
            @Nullable DeviceId from) implements Match {}

    /**
     * It is a client of its own.
     *
     * @param rule {@link MatchingRule#PIN} if an operator decided it; null = no existing client matched
     */
    record NewClient(UUID client, @Nullable MatchingRule rule, String explanation) implements Match {}

    /** It may be one of these clients; an operator has to decide. */
    record Conflict(List<UUID> candidates, MatchingRule rule, String explanation) implements Match {
        public Conflict {
            candidates = List.copyOf(candidates);
        }
    }

    /** It is an old record of the device that is this client under a newer record. */
    record Superseded(UUID client, MatchingRule rule, String explanation) implements Match {}

    /** An operator excluded it. */
    record Ignored(String explanation) implements Match {}
}
