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
 * The health component {@code connectors}: each connector's circuit and credentials, without secrets and without the other side's
 * texts. It is UP whatever it tells: a container platform ends what is DOWN, and a new process meets the same tenant, the same
 * expired certificate and the same outage, while the connectors that work would be interrupted. Who watches connectors watches
 * the detail {@code condition} or the metrics.
 */
class ConnectorsHealth implements HealthIndicator {

    private final Connectors connectors;
    private final Graphs graphs;
    private final CredentialMonitor watch;

    ConnectorsHealth(Connectors connectors, Graphs graphs, CredentialMonitor watch) {
        this.connectors = connectors;
        this.graphs = graphs;
        this.watch = watch;
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
        boolean works = works(graph.reading()) && graph.acting().map(ConnectorsHealth::works).orElse(true);
        details.put("condition", works ? "ok" : "degraded");
        details.put(WatchedCredential.READING, application(connector, WatchedCredential.READING, graph.reading()));
        graph.acting()
                .ifPresent(acting -> details.put(WatchedCredential.ACTING,
                        application(connector, WatchedCredential.ACTING, acting)));
        return details;
    }

    private static boolean works(CircuitBreaker traffic) {
        return traffic.circuit().position() == CircuitState.Position.CLOSED;
    }

    private Map<String, Object> application(Connector connector, String use, CircuitBreaker traffic) {
        CircuitState circuit = traffic.circuit();
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("circuit", circuit.position().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        details.put("since", circuit.since().toString());
        details.put("failuresInARow", circuit.failures());
        Problem last = circuit.last();
        if (last != null) {
            details.put("lastProblem", last.kindText());
        }
        watch.credentials()
                .stream()
                .filter(credential -> credential.connector().equals(connector.name()) && credential.use().equals(use))
                .forEach(credential -> {
                    details.put("credential", credential.kind());
                    details.put("credentialExpires",
                            watch.expires(credential).map(Instant::toString).orElse("unknown"));
                });
        return details;
    }
}
