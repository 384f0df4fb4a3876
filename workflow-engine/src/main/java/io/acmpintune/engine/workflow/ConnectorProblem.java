package io.acmpintune.engine.workflow;

import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Optional;
import javax.net.ssl.SSLException;

import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestClientResponseException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;

/** Explains failed calls of the connector-service. */
public final class ConnectorProblem {

    private static final int UNAUTHORIZED = 401;

    private ConnectorProblem() {}

    /** Returns the connector-service's own problem if it sent one, otherwise one with address, reason and remedy. */
    public static Problem of(Workflow workflow, RestClientException failure, JsonMapper json) {
        return switch (failure) {
            case RestClientResponseException answered when answered.getStatusCode().value() == UNAUTHORIZED ->
                Problem.of(ProblemKind.CONNECTOR_REJECTS_TOKEN,
                        workflow.connectorUrl() + " does not know the token that it is sent.",
                        "Set the tokens in " + key(workflow, "connector-tokens")
                                + " to those of that service (connector.api.tokens there).");
            case RestClientResponseException answered -> sent(answered, json).orElseGet(
                    () -> Problem.of(ProblemKind.CONNECTOR_FAILING, answered.getStatusCode().value(),
                            workflow.connectorUrl() + " answered " + answered.getStatusCode().value() + ".",
                            "Look into the connector-service's log."));
            case ResourceAccessException unreachable -> Problem.of(ProblemKind.CONNECTOR_UNREACHABLE,
                    workflow.connectorUrl() + " cannot be reached: " + reason(unreachable) + ".",
                    "Check " + key(workflow, "connector-url") + ", and that the connector-service runs.");
            default -> Problem.of(ProblemKind.CONNECTOR_INCOMPATIBLE,
                    workflow.connectorUrl() + " answered what cannot be read: " + reason(failure) + ".",
                    "Check that " + key(workflow, "connector-url")
                            + " is a connector-service, and that both services have the same version.");
        };
    }

    private static String key(Workflow workflow, String name) {
        return "acmp.workflows." + workflow.name() + "." + name;
    }

    /** The JDK's connection exceptions have no message. */
    private static String reason(RestClientException failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return switch (cause) {
            case ConnectException refused when refused.getCause() instanceof UnresolvedAddressException ->
                "its host name is not known";
            case ConnectException _ -> "the connection was refused";
            case HttpTimeoutException _ -> "no answer came in time";
            case SSLException tls -> "TLS failed: " + tls.getMessage();
            default -> cause.toString();
        };
    }

    private static Optional<Problem> sent(RestClientResponseException answered, JsonMapper json) {
        try {
            // Jackson fills what another server's problem lacks with null, whatever the record promises
            return Optional.ofNullable(json.readTree(answered.getResponseBodyAsByteArray()))
                    .filter(body -> body.hasNonNull("type") && body.hasNonNull("detail") && body.hasNonNull("remedy"))
                    .map(body -> json.treeToValue(body, Problem.class));
        } catch (JacksonException _) {
            return Optional.empty();
        }
    }
}
