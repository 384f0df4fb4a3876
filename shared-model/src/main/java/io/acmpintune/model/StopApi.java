package io.acmpintune.model;

import java.util.List;

import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PutExchange;

import io.acmpintune.model.action.ActionStop;

/** The connector-service's API for emergency stops. Errors are those of {@link ActionApi}. */
@HttpExchange("/api/v1/connectors/{connector}/stops")
public interface StopApi {

    /** Returns all stops, lifted or not, by origin. */
    @GetExchange
    List<ActionStop> stops(@PathVariable("connector") String connector);

    /**
     * Stops the actions of an origin, or lifts the stop. Once a stop has been answered, no action of the origin is
     * sent; those that are queued or wait for Intune's approval are cancelled. Idempotent.
     *
     * @param origin a workflow's name, or {@code *} for every action
     * @return the resulting state; a lift that is older than the stop changes nothing
     */
    @PutExchange("/{origin}")
    ActionStop changeStop(@PathVariable("connector") String connector, @PathVariable("origin") String origin,
            @RequestBody ActionStop.Change change);
}
