package io.acmpintune.model;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

import io.acmpintune.model.action.ActionCancellation;
import io.acmpintune.model.action.ActionChanges;
import io.acmpintune.model.action.ActionCommand;
import io.acmpintune.model.action.ActionDecision;
import io.acmpintune.model.action.ActionEvent;
import io.acmpintune.model.action.DeviceAction;
import io.acmpintune.model.action.UnlockPin;

/**
 * The connector-service's API for device actions. Every call needs a bearer token. An error is a {@link
 * io.acmpintune.model.problem.Problem}: 400 invalid request, 401 missing or unknown token, 404 unknown connector,
 * device or action, 409 not allowed in the action's state.
 */
@HttpExchange("/api/v1/connectors/{connector}/actions")
public interface ActionApi {

    /**
     * Queues an action. The same key with the same command returns the same action again; with another command it is
     * refused with 409. If the device's platform, Intune's daily limit or another running action does not permit it,
     * the returned action is refused and says why.
     *
     * @param idempotencyKey 1 to 200 characters, chosen by the caller, unique per action
     */
    @PostExchange
    DeviceAction requestAction(@PathVariable("connector") String connector,
            @RequestHeader("Idempotency-Key") String idempotencyKey, @RequestBody ActionCommand command);

    @GetExchange("/{id}")
    DeviceAction action(@PathVariable("connector") String connector, @PathVariable("id") UUID id);

    /** Returns the action's history, oldest first. */
    @GetExchange("/{id}/history")
    List<ActionEvent> history(@PathVariable("connector") String connector, @PathVariable("id") UUID id);

    /** Cancels an action that is queued, or waits for Intune's approval or for a decision; otherwise 409. */
    @PostExchange("/{id}/cancellation")
    DeviceAction cancel(@PathVariable("connector") String connector, @PathVariable("id") UUID id,
            @RequestBody ActionCancellation cancellation);

    /** Decides an action that needs a decision; otherwise 409. */
    @PostExchange("/{id}/decision")
    DeviceAction decide(@PathVariable("connector") String connector, @PathVariable("id") UUID id,
            @RequestBody ActionDecision decision);

    /**
     * Returns the PIN of a remote lock, once; 403 for everybody except whoever requested the lock, 404 if Intune shows
     * no PIN (yet), 409 if it has been returned before.
     */
    @PostExchange("/{id}/unlock-pin")
    UnlockPin unlockPin(@PathVariable("connector") String connector, @PathVariable("id") UUID id,
            @RequestBody UnlockPin.Request request);

    /** Returns the action feed after a revision; parameters as in {@link ConnectorApi#deviceChanges}. */
    @GetExchange("/changes")
    ActionChanges actionChanges(@PathVariable("connector") String connector,
            @RequestParam(name = "after", defaultValue = "0") long after,
            @RequestParam(name = "limit", defaultValue = "1000") int limit,
            @RequestParam(name = "wait", defaultValue = "PT0S") Duration wait);
}
