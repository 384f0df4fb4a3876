package io.acmpintune.model;

import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

import io.acmpintune.model.verification.ConnectionReport;
import io.acmpintune.model.verification.UnsavedConnector;

/**
 * The connector-service's API for verifying connectors, configured or not. Every call needs a bearer token, takes up to
 * some minutes if Entra or Graph does not answer, and stores nothing. A failed connection is a report, not an error.
 */
@HttpExchange("/api/v1/connectors")
public interface VerificationApi {

    /** Verifies a configured connector with a new token; 404 if there is none of that name. */
    @PostExchange("/{connector}/verification")
    ConnectionReport verify(@PathVariable("connector") String connector);

    /** Verifies a connector before it is configured; 400 lists every invalid property. */
    @PostExchange("/verification")
    ConnectionReport verify(@RequestBody UnsavedConnector connector);
}
