package io.acmpintune.model.action;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * How far an engine's history has come: the number of its audit entries, which only grows. A connector that knows a higher one
 * than the engine has shows that the engine's database was restored.
 *
 * @param restored whether the engine knows that, and starts from here again
 */
public record EnginePosition(Long position, boolean restored) {

    public EnginePosition {
        // a field that is missing in the JSON is null, whatever its type says
        if (position == null || position < 0) {
            throw new IllegalArgumentException("position must be 0 or more");
        }
    }

    /**
     * What a connector knows.
     *
     * @param position the highest position of the engine before this report; 0 = none
     * @param stoppedItself when the connector stopped by itself, because its own database may have been restored; null = it is not
     *            stopped, or by somebody else
     */
    public record Known(long position, @Nullable Instant stoppedItself) {}
}
