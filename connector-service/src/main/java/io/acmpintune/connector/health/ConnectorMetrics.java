package io.acmpintune.connector.health;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;

import io.acmpintune.connector.budget.RequestBudget;
import io.acmpintune.connector.budget.RequestBudgets;
import io.acmpintune.connector.graph.CircuitBreaker;
import io.acmpintune.connector.graph.Graph;
import io.acmpintune.connector.graph.Graphs;
import io.acmpintune.connector.tenant.Connector;
import io.acmpintune.connector.tenant.Connectors;

/** Metrics of the connectors' calls to Graph, request budgets and credentials. */
class ConnectorMetrics implements MeterBinder {

    private final Connectors connectors;
    private final Graphs graphs;
    private final RequestBudgets budgets;
    private final CredentialMonitor credentials;

    ConnectorMetrics(Connectors connectors, Graphs graphs, RequestBudgets budgets, CredentialMonitor credentials) {
        this.connectors = connectors;
        this.graphs = graphs;
        this.budgets = budgets;
        this.credentials = credentials;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (Connector connector : connectors.all()) {
            Graph graph = graphs.of(connector);
            application(connector, WatchedCredential.READING, graph.readCircuit(), budgets.of(connector), registry);
            graph.actionCircuit()
                    .ifPresent(acting -> application(connector, WatchedCredential.ACTING, acting,
                            budgets.of(connector.forActions()), registry));
        }
        credentials.all()
                .forEach(credential -> Gauge
                        .builder("acmp.intune.credential.expiry.days", credential, credentials::daysLeft)
                        .description(
                                "Days until the credential expires; NaN = unknown")
                        .tags("connector", credential.connector(), "use", credential.use())
                        .register(registry));
    }

    private static void application(Connector connector, String use, CircuitBreaker circuit, RequestBudget budget,
            MeterRegistry registry) {
        Tags tags = Tags.of("connector", connector.name(), "use", use);
        for (CircuitBreaker.Outcome outcome : CircuitBreaker.Outcome.values()) {
            FunctionCounter.builder("acmp.intune.graph.requests", circuit, of -> of.count(outcome))
                    .description("Requests to Graph by outcome")
                    .tags(tags)
                    .tag("outcome", outcome.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                    .register(registry);
        }
        Gauge.builder("acmp.intune.circuit.open", circuit, ConnectorMetrics::openValue)
                .description("0 = closed, 1 = open (no calls are sent), 0.5 = half-open (one call is tried)")
                .tags(tags)
                .register(registry);
        FunctionTimer.builder("acmp.intune.budget.wait", budget, RequestBudget::waitCount,
                of -> of.totalWait().toNanos() / (double) Duration.ofMillis(1).toNanos(), TimeUnit.MILLISECONDS)
                .description("Time spent waiting for the request budget shared by all replicas")
                .tags(tags)
                .register(registry);
    }

    private static double openValue(CircuitBreaker circuit) {
        return switch (circuit.state().position()) {
            case CLOSED -> 0;
            case HALF_OPEN -> 0.5;
            case OPEN -> 1;
        };
    }
}
