package io.acmpintune.connector.graph;

import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.Locale;

import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.connector.tenant.AccessTokenException;
import io.acmpintune.connector.tenant.AccessTokens;
import io.acmpintune.connector.tenant.Connector;

/** Reads one device once, through the same pipeline as everything else, to see whether Intune answers at all. */
public final class DeviceProbe implements AutoCloseable {

    private final GraphTransport transport;
    private final JsonMapper json;
    private final GraphErrorReader errors;

    public DeviceProbe(Connector connector, AccessTokens tokens, @Nullable SslBundle tls, JsonMapper json,
            InstantSource clock) {
        this.transport = new GraphTransport(connector, tokens, tls, new CircuitBreaker(connector.name(), clock));
        this.json = json;
        this.errors = new GraphErrorReader(json);
    }

    /** Asks for one device's id; tries once. */
    public ProbeResult read() {
        try {
            return switch (transport.send(graph -> graph.deviceManagement()
                    .managedDevices()
                    .toGetRequestInformation(request -> {
                        request.queryParameters.top = 1;
                        request.queryParameters.select = new String[]{"id"};
                    }))) {
                case GraphTransport.Answer.Received(var response) -> arrived(response);
                case GraphTransport.Answer.NotSent(var reason) -> refused(GraphError.noAnswer(reason));
                case GraphTransport.Answer.Lost(var reason) -> refused(GraphError.noAnswer(reason));
            };
        } catch (AccessTokenException e) {
            // Graph took the first token for none, and Entra gave no second one
            return new ProbeResult.Failed(e.problem());
        }
    }

    private ProbeResult arrived(Response response) {
        int status = response.code();
        String requestId = response.header("request-id");
        String text;
        try {
            text = GraphTransport.text(response);
        } catch (UncheckedIOException e) {
            return refused(GraphError.noAnswer("the answer broke off: " + e.getMessage()));
        }
        if (status != 200) {
            GraphError problem = errors.read(status, text, requestId);
            return isAboutLicence(problem) ? new ProbeResult.Unlicensed(problem.toProblem()) : refused(problem);
        }
        try {
            JsonNode devices = json.readTree(text).path("value");
            if (devices.isArray()) {
                return new ProbeResult.Answered(!devices.isEmpty());
            }
        } catch (JacksonException _) {
            // told below
        }
        return refused(GraphError.noAnswer("What answers is not Graph: its answer holds no list of devices"));
    }

    /**
     * Intune has no code for it. "Request not applicable to target tenant" is what administrators of tenants without Intune
     * report; it comes with 400 as well as with 403.
     */
    private static boolean isAboutLicence(GraphError problem) {
        String text = problem.text().toLowerCase(Locale.ROOT);
        return (problem.status() == 400 || problem.status() == 403)
                && (text.contains("licen") || text.contains("not applicable to target tenant"));
    }

    private static ProbeResult refused(GraphError problem) {
        return new ProbeResult.Failed(problem.toProblem());
    }

    @Override
    public void close() {
        transport.close();
    }
}
