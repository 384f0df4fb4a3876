package io.acmpintune.engine.job;

import java.util.List;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

import io.acmpintune.engine.client.ClientFilter;
import io.acmpintune.engine.safety.SafetyGate;
import io.acmpintune.model.action.Notification;
import io.acmpintune.model.action.WipeOptions;

/**
 * A job to be made.
 *
 * @param clients each once; empty where a filter says which
 * @param filter null where the clients are named
 * @param expectedCount how many clients the filter is expected to find; null without a filter
 * @param requestedBy the operator, as the caller names him
 * @param wipe for {@link QueryAction#WIPE} alone
 * @param notification for {@link QueryAction#SEND_NOTIFICATION} alone
 * @param retryOf the job whose failed targets these are
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JobOrder(String workflow, QueryAction queryAction, List<UUID> clients, @Nullable ClientFilter filter,
        @Nullable Integer expectedCount, String requestedBy, @Nullable String justification,
        @Nullable WipeOptions wipe, @Nullable Notification notification, @Nullable UUID retryOf) {

    /** How many clients one order can reach. */
    public static final int MOST_CLIENTS = 10_000;

    public JobOrder {
        clients = List.copyOf(clients);
    }

    /** An order of a kind without parameters, on clients that are named. */
    public JobOrder(String workflow, QueryAction queryAction, List<UUID> clients, String requestedBy) {
        this(workflow, queryAction, clients, null, null, requestedBy, null, null, null, null);
    }

    /** The secret that a wipe of Macs may carry. */
    @JsonIgnore
    @Nullable
    String unlockCode() {
        return wipe == null ? null : wipe.macOsUnlockCode();
    }

    /** The same order without what must be kept secret. */
    JobOrder withoutSecrets() {
        return wipe == null
                ? this
                : new JobOrder(workflow, queryAction, clients, filter, expectedCount, requestedBy, justification,
                        wipe.withCode(null), notification, retryOf);
    }

    /**
     * Describes the order to the safety limits.
     *
     * @param job null for a preview
     * @param identity the authenticated caller
     * @param devices the number of devices that would be reached
     */
    SafetyGate.Order forSafety(@Nullable UUID job, String identity, int devices) {
        return new SafetyGate.Order(job, workflow, queryAction.kind(), identity, requestedBy, devices);
    }

    /** The same order on the failed targets of an earlier job. */
    JobOrder retrying(UUID earlier, List<UUID> failed) {
        return new JobOrder(workflow, queryAction, failed, null, null, requestedBy, justification, wipe, notification,
                earlier);
    }

    /** The same order by an operator, who may give another reason, and must give again what was a secret. */
    JobOrder requestedBy(String by, @Nullable String why, @Nullable String unlockCode) {
        return new JobOrder(workflow, queryAction, clients, filter, expectedCount, by,
                why == null ? justification : why, wipe == null ? null : wipe.withCode(unlockCode), notification,
                retryOf);
    }
}
