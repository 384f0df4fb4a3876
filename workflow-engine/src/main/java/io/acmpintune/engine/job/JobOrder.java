package io.acmpintune.engine.job;

import java.util.List;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

import io.acmpintune.engine.client.ClientFilter;
import io.acmpintune.engine.safety.Affected;
import io.acmpintune.engine.safety.SafetyGate;
import io.acmpintune.model.action.Notification;
import io.acmpintune.model.action.WipeOptions;

/**
 * An order of an action on clients, which becomes a job.
 *
 * @param clients each once; empty if a filter selects them
 * @param filter null if the clients are listed
 * @param clientSet the clients that the filter has to find, as previewed; null without a filter
 * @param requestedBy the operator named by the caller
 * @param wipe for {@link QueryAction#WIPE} only
 * @param notification for {@link QueryAction#SEND_NOTIFICATION} only
 * @param retryOf the job whose failed targets are retried; null = none
 * @param confirmation as the operator gave it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JobOrder(String workflow, QueryAction queryAction, List<UUID> clients, @Nullable ClientFilter filter,
        @Nullable ClientSet clientSet, String requestedBy, @Nullable String justification,
        @Nullable WipeOptions wipe, @Nullable Notification notification, @Nullable UUID retryOf,
        Confirmation confirmation) {

    /** How many clients one order can have. */
    public static final int MOST_CLIENTS = 10_000;

    public JobOrder {
        clients = List.copyOf(clients);
    }

    /** Creates an order without parameters on listed clients. */
    public JobOrder(String workflow, QueryAction queryAction, List<UUID> clients, String requestedBy) {
        this(workflow, queryAction, clients, null, null, requestedBy, null, null, null, null, Confirmation.NONE);
    }

    /** Returns the secret code that locks wiped Macs; null = none. */
    @JsonIgnore
    @Nullable
    String unlockCode() {
        return wipe == null ? null : wipe.macOsUnlockCode();
    }

    /** Returns the order without its secrets. */
    JobOrder withoutSecrets() {
        return wipe == null
                ? this
                : new JobOrder(workflow, queryAction, clients, filter, clientSet, requestedBy, justification,
                        wipe.withCode(null), notification, retryOf, confirmation);
    }

    /**
     * Describes the order to the safety limits.
     *
     * @param job null for a preview
     * @param identity the authenticated caller
     * @param devices the devices that would be reached
     */
    SafetyGate.Order forSafety(@Nullable UUID job, String identity, Affected devices) {
        return new SafetyGate.Order(job, workflow, queryAction.kind(), identity, requestedBy, devices);
    }

    /** Returns the same order on the failed targets of an earlier job. */
    JobOrder retrying(UUID earlier, List<UUID> failed) {
        return new JobOrder(workflow, queryAction, failed, null, null, requestedBy, justification, wipe, notification,
                earlier, Confirmation.NONE);
    }

    /** Returns the same order by an operator, who may give another reason, and has to confirm it and repeat the secret. */
    JobOrder requestedBy(String by, @Nullable String why, @Nullable String unlockCode, Confirmation given) {
        return new JobOrder(workflow, queryAction, clients, filter, clientSet, by,
                why == null ? justification : why, wipe == null ? null : wipe.withCode(unlockCode), notification,
                retryOf, given);
    }
}
