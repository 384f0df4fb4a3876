package io.acmpintune.connector.web;

import org.springframework.web.bind.annotation.RestController;

import io.acmpintune.connector.tenant.Connector;
import io.acmpintune.connector.tenant.Connectors;
import io.acmpintune.connector.tenant.UnsavedConnectorReader;
import io.acmpintune.connector.verification.ConnectionVerification;
import io.acmpintune.model.VerificationApi;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;
import io.acmpintune.model.verification.ConnectionReport;
import io.acmpintune.model.verification.UnsavedConnector;
import io.acmpintune.runtime.problem.ProblemException;

@RestController
class VerificationController implements VerificationApi {

    private final Connectors connectors;
    private final UnsavedConnectorReader trial;
    private final ConnectionVerification verification;

    VerificationController(Connectors connectors, UnsavedConnectorReader trial, ConnectionVerification verification) {
        this.connectors = connectors;
        this.trial = trial;
        this.verification = verification;
    }

    @Override
    public ConnectionReport verify(String name) {
        Connector connector = ConnectorController.find(connectors, name);
        return verification.verify(connector, connector.name());
    }

    @Override
    public ConnectionReport verify(UnsavedConnector unsaved) {
        return switch (trial.read(unsaved)) {
            case UnsavedConnectorReader.Result.Usable(var connector) -> verification.verify(connector, null);
            case UnsavedConnectorReader.Result.Invalid(var errors) ->
                throw new ProblemException(Problem.of(ProblemKind.INVALID_CONNECTOR,
                        "The connector has " + errors.size() + " wrong propert" + (errors.size() == 1 ? "y" : "ies")
                                + "; nobody was asked.",
                        "Correct what is named and send it again.").withErrors(errors));
        };
    }
}
