package io.acmpintune.engine.queryaction;

import org.jspecify.annotations.Nullable;

/**
 * A request to retry the failed targets of a job.
 *
 * @param requestedBy the operator
 * @param justification why; null = as in the job
 * @param confirmed as in {@link QueryActionRequest}
 * @param confirmedCount the number of retried devices, repeated by the operator
 * @param macOsUnlockCode has to be repeated if the job had one, since it is not kept
 */
public record RetryRequest(@Nullable String requestedBy, @Nullable String justification, @Nullable Boolean confirmed,
        @Nullable Integer confirmedCount, @Nullable String macOsUnlockCode) {

    @Override
    public String toString() {
        return "RetryRequest[…]";
    }
}
