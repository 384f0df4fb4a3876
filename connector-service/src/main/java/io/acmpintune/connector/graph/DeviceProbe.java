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

/** Reads one device through the regular pipeline to check whether Intune answers. */
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

    /** Reads one device's id, without retries. */
    public ProbeResult read() {
        try {
            return switch (transport.send(graph -> graph.deviceManagement()
                    .managedDevices()
                    .toGetRequestInformation(request -> {
                        request.queryParameters.top = 1;
                        request.queryParameters.select = new String[]{"id"};
                    }))) {
                case GraphTransport.Answer.Received(var response) -> received(response);
                case GraphTransport.Answer.NotSent(var reason) -> failed(GraphError.noAnswer(reason));
                case GraphTransport.Answer.Lost(var reason) -> failed(GraphError.noAnswer(reason));
            };
        } catch (AccessTokenException e) {
            // Graph refused the first token, and Entra issued no second one
            return new ProbeResult.Failed(e.problem());
        }
    }

    private ProbeResult received(Response response) {
        int status = response.code();
        String requestId = response.header("request-id");
        String text;
        try {
            text = GraphTransport.text(response);
        } catch (UncheckedIOException e) {
            return failed(GraphError.noAnswer("the answer is incomplete: " + e.getMessage()));
        }
        if (status != 200) {
            GraphError error = errors.read(status, text, requestId);
            return isAboutLicence(error) ? new ProbeResult.Unlicensed(error.toProblem()) : failed(error);
        }
        try {
            JsonNode devices = json.readTree(text).path("value");
            if (devices.isArray()) {
                return new ProbeResult.Answered(!devices.isEmpty());
            }
        } catch (JacksonException _) {
            // reported below
        }
        return failed(GraphError.noAnswer("the address is not Graph's: its answer contains no list of devices"));
    }

    /**
     * Intune has no error code for a missing licence. Administrators of tenants without Intune report "Request not applicable to
     * target tenant", with status 400 as well as 403.
     */
    private static boolean isAboutLicence(GraphError error) {
        String text = error.text().toLowerCase(Locale.ROOT);
        return (error.status() == 400 || error.status() == 403)
                && (text.contains("licen") || text.contains("not applicable to target tenant"));
    }

    private static ProbeResult failed(GraphError error) {
        return new ProbeResult.Failed(error.toProblem());
    }

    @Override
    public void close() {
        transport.close();
    }
}
