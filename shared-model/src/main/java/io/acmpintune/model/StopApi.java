package io.acmpintune.model;

import java.util.List;

import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PutExchange;

import io.acmpintune.model.action.ActionStop;

/** What connector-service offers to stop actions in an emergency, beside {@link ActionApi}. Errors are as there. */
@HttpExchange("/api/v1/connectors/{connector}/stops")
public interface StopApi {

    /** What was ever stopped, lifted or not, by origin. */
    @GetExchange
    List<ActionStop> stops(@PathVariable("connector") String connector);

    /**
     * Stops the actions of an origin, or lifts that. Once a stop is answered, no action of the origin begins to be sent; those
     * that are queued or wait for Intune's approval are cancelled. May be repeated.
     *
     * @param origin a workflow's name, or {@code *} for every action
     * @return how it stands, which differs from what was wanted when a lift is older than the stop
     */
    @PutExchange("/{origin}")
    ActionStop changeStop(@PathVariable("connector") String connector, @PathVariable("origin") String origin,
            @RequestBody ActionStop.Change change);
}
