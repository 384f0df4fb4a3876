package io.acmpintune.engine.queryaction;

import org.jspecify.annotations.Nullable;

/**
 * The wish to take up again what failed in a job.
 *
 * @param requestedBy the operator
 * @param justification why; null = as the job said
 * @param confirmed as in {@link QueryActionRequest}
 * @param confirmedCount the number of devices that are retried, repeated by the operator; for wipe and retire
 * @param macOsUnlockCode to be given again where the job had one, since it is not kept
 */
public record RetryRequest(@Nullable String requestedBy, @Nullable String justification, @Nullable Boolean confirmed,
        @Nullable Integer confirmedCount, @Nullable String macOsUnlockCode) {

    @Override
    public String toString() {
        return "RetryRequest[…]";
    }
}
