package io.acmpintune.connector.health;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

import io.acmpintune.connector.graph.CircuitBreaker;
import io.acmpintune.connector.graph.CircuitState;
import io.acmpintune.connector.graph.Graph;
import io.acmpintune.connector.graph.Graphs;
import io.acmpintune.connector.tenant.Connector;
import io.acmpintune.connector.tenant.Connectors;
import io.acmpintune.model.problem.Problem;

/**
 * The health component {@code connectors}: the circuit and credentials of each connector, without secrets and foreign texts. It is
 * always UP: a container platform restarts what is DOWN, which would not repair an expired certificate or an outage at Microsoft, but
 * would interrupt the connectors that work. Monitor the detail {@code condition} or the metrics instead.
 */
class ConnectorsHealth implements HealthIndicator {

    private final Connectors connectors;
    private final Graphs graphs;
    private final CredentialMonitor credentials;

    ConnectorsHealth(Connectors connectors, Graphs graphs, CredentialMonitor credentials) {
        this.connectors = connectors;
        this.graphs = graphs;
        this.credentials = credentials;
    }

    @Override
    public Health health() {
        Health.Builder health = Health.up();
        connectors.all().forEach(connector -> health.withDetail(connector.name(), details(connector)));
        return health.build();
    }

    private Map<String, Object> details(Connector connector) {
        Graph graph = graphs.of(connector);
        Map<String, Object> details = new LinkedHashMap<>();
        boolean healthy = isHealthy(graph.readCircuit())
                && graph.actionCircuit().map(ConnectorsHealth::isHealthy).orElse(true);
        details.put("condition", healthy ? "ok" : "degraded");
        details.put(WatchedCredential.READING, application(connector, WatchedCredential.READING, graph.readCircuit()));
        graph.actionCircuit()
                .ifPresent(acting -> details.put(WatchedCredential.ACTING,
                        application(connector, WatchedCredential.ACTING, acting)));
        return details;
    }

    private static boolean isHealthy(CircuitBreaker circuit) {
        return circuit.state().position() == CircuitState.Position.CLOSED;
    }

    private Map<String, Object> application(Connector connector, String use, CircuitBreaker circuit) {
        CircuitState state = circuit.state();
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("circuit", state.position().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        details.put("since", state.since().toString());
        details.put("failuresInARow", state.failures());
        Problem last = state.last();
        if (last != null) {
            details.put("lastProblem", last.kindText());
        }
        credentials.all()
                .stream()
                .filter(credential -> credential.connector().equals(connector.name()) && credential.use().equals(use))
                .forEach(credential -> {
                    details.put("credential", credential.kind());
                    details.put("credentialExpires",
                            credentials.expiry(credential).map(Instant::toString).orElse("unknown"));
                });
        return details;
    }
}
