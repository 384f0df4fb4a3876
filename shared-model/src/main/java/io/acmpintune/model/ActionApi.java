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
 * What connector-service offers to act on devices, beside {@link ConnectorApi}. Every call needs a bearer token. An error is a
 * {@link io.acmpintune.model.problem.Problem}: 401 no or wrong token, 404 unknown connector, device or action, 400 what cannot
 * be read, 409 what the action's state does not allow.
 */
@HttpExchange("/api/v1/connectors/{connector}/actions")
public interface ActionApi {

    /**
     * Takes an action to be sent. The same key with the same command answers the same action again, however often; with
     * another command it is refused with 409. What the device's platform, Intune's daily limit or an action under way forbids
     * is answered as an action that is refused, with the reason.
     *
     * @param idempotencyKey 1 to 200 characters, chosen by the caller, unique per action wanted
     */
    @PostExchange
    DeviceAction requestAction(@PathVariable("connector") String connector,
            @RequestHeader("Idempotency-Key") String idempotencyKey, @RequestBody ActionCommand command);

    @GetExchange("/{id}")
    DeviceAction action(@PathVariable("connector") String connector, @PathVariable("id") UUID id);

    /** Everything that happened to it, the oldest first. */
    @GetExchange("/{id}/history")
    List<ActionEvent> history(@PathVariable("connector") String connector, @PathVariable("id") UUID id);

    /** Takes it back while it is queued, waits for Intune's approval or for a decision; else 409. */
    @PostExchange("/{id}/cancellation")
    DeviceAction cancel(@PathVariable("connector") String connector, @PathVariable("id") UUID id,
            @RequestBody ActionCancellation cancellation);

    /** Decides an action that needs a decision; else 409. */
    @PostExchange("/{id}/decision")
    DeviceAction decide(@PathVariable("connector") String connector, @PathVariable("id") UUID id,
            @RequestBody ActionDecision decision);

    /**
     * Tells the PIN of a remote lock, once; 403 to anybody but the one who ordered the lock, 404 when Intune shows none (yet),
     * 409 when it was told before.
     */
    @PostExchange("/{id}/unlock-pin")
    UnlockPin unlockPin(@PathVariable("connector") String connector, @PathVariable("id") UUID id,
            @RequestBody UnlockPin.Request request);

    /** The action feed behind a revision; parameters as in {@link ConnectorApi#deviceChanges}. */
    @GetExchange("/changes")
    ActionChanges actionChanges(@PathVariable("connector") String connector,
            @RequestParam(name = "after", defaultValue = "0") long after,
            @RequestParam(name = "limit", defaultValue = "1000") int limit,
            @RequestParam(name = "wait", defaultValue = "PT0S") Duration wait);
}
