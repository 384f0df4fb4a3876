package io.acmpintune.model;

import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

import io.acmpintune.model.verification.ConnectionReport;
import io.acmpintune.model.verification.UnsavedConnector;

/**
 * What connector-service offers to find out whether a connector works, beside {@link ConnectorApi}, all of whose addresses name
 * a connector that exists. Every call needs a bearer token, takes up to some minutes where nobody answers, and stores nothing.
 * A connection that fails is a report, not an error.
 */
@HttpExchange("/api/v1/connectors")
public interface VerificationApi {

    /** Tries a configured connector with a new token; 404 when there is none of that name. */
    @PostExchange("/{connector}/verification")
    ConnectionReport verify(@PathVariable("connector") String connector);

    /** Tries a connector before it is configured; 400 names every wrong property at once. */
    @PostExchange("/verification")
    ConnectionReport verify(@RequestBody UnsavedConnector connector);
}
