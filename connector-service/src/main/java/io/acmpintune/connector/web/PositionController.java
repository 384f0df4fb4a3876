package io.acmpintune.connector.web;

import java.util.UUID;

import org.springframework.web.bind.annotation.RestController;

import io.acmpintune.connector.action.EnginePositions;
import io.acmpintune.connector.tenant.Connectors;
import io.acmpintune.model.PositionApi;
import io.acmpintune.model.action.EnginePosition;

@RestController
class PositionController implements PositionApi {

    private final Connectors connectors;
    private final EnginePositions positions;

    PositionController(Connectors connectors, EnginePositions positions) {
        this.connectors = connectors;
        this.positions = positions;
    }

    @Override
    public EnginePosition.Known report(String name, UUID engine, EnginePosition position) {
        return positions.report(ConnectorController.find(connectors, name), engine, position);
    }
}
