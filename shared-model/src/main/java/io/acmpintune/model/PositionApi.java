package io.acmpintune.model;

import java.util.UUID;

import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PutExchange;

import io.acmpintune.model.action.EnginePosition;

/** The connector-service's API by which an engine and a connector notice that one of them was restored. Errors as {@link ActionApi}. */
@HttpExchange("/api/v1/connectors/{connector}/engines")
public interface PositionApi {

    /**
     * Reports how far an engine's history has come. The highest position is kept, unless the engine knows that it was restored.
     *
     * @param engine the id of the engine's database, which a restore keeps
     */
    @PutExchange("/{engine}")
    EnginePosition.Known report(@PathVariable("connector") String connector, @PathVariable("engine") UUID engine,
            @RequestBody EnginePosition position);
}
