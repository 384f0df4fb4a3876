package io.acmpintune.connector.web;

import java.util.List;
import java.util.Set;

import org.springframework.web.bind.annotation.RestController;

import io.acmpintune.connector.action.ActionStops;
import io.acmpintune.connector.tenant.Connector;
import io.acmpintune.connector.tenant.Connectors;
import io.acmpintune.model.StopApi;
import io.acmpintune.model.action.ActionStop;
import io.acmpintune.runtime.access.Forbidden;
import io.acmpintune.runtime.access.Identity;
import io.acmpintune.runtime.access.Role;
import io.acmpintune.runtime.problem.InvalidRequest;
import io.acmpintune.runtime.problem.ProblemException;

@RestController
class StopController implements StopApi {

    private final Connectors connectors;
    private final ActionStops stops;

    StopController(Connectors connectors, ActionStops stops) {
        this.connectors = connectors;
        this.stops = stops;
    }

    @Override
    public List<ActionStop> stops(String connector) {
        return stops.all(ConnectorController.find(connectors, connector));
    }

    @Override
    public ActionStop changeStop(String name, String origin, ActionStop.Change change) {
        Connector connector = ConnectorController.find(connectors, name);
        ActionStop.problemOf(origin)
                .ifPresent(reason -> {
                    throw InvalidRequest.of("origin", reason);
                });
        require(change.stopped() ? Role.STOPPER : Role.LIFTER);
        return stops.change(connector, origin, change);
    }

    private static void require(Role needed) {
        Identity caller = Identity.current();
        if (!caller.hasAnyOf(Set.of(needed))) {
            throw new ProblemException(Forbidden.because((needed == Role.LIFTER ? "Lifting" : "Starting")
                    + " an emergency stop needs the role " + needed.text() + ", which " + caller.key()
                    + " does not have."));
        }
    }
}
