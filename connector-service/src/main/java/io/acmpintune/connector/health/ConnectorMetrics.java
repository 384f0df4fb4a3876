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

/** What the connectors ask of Graph and how that goes, for a monitoring system. */
class ConnectorMetrics implements MeterBinder {

    private final Connectors connectors;
    private final Graphs graphs;
    private final RequestBudgets budgets;
    private final CredentialMonitor watch;

    ConnectorMetrics(Connectors connectors, Graphs graphs, RequestBudgets budgets, CredentialMonitor watch) {
        this.connectors = connectors;
        this.graphs = graphs;
        this.budgets = budgets;
        this.watch = watch;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (Connector connector : connectors.all()) {
            Graph graph = graphs.of(connector);
            application(connector, WatchedCredential.READING, graph.reading(), budgets.of(connector), registry);
            graph.acting()
                    .ifPresent(acting -> application(connector, WatchedCredential.ACTING, acting,
                            budgets.of(connector.forActions()), registry));
        }
        watch.credentials()
                .forEach(credential -> Gauge
                        .builder("acmp.intune.credential.expiry.days", credential, watch::daysLeft)
                        .description(
                                "Days until the credential expires; NaN where nobody said when a client secret does")
                        .tags("connector", credential.connector(), "use", credential.use())
                        .register(registry));
    }

    private static void application(Connector connector, String use, CircuitBreaker traffic, RequestBudget budget,
            MeterRegistry registry) {
        Tags tags = Tags.of("connector", connector.name(), "use", use);
        for (CircuitBreaker.Outcome outcome : CircuitBreaker.Outcome.values()) {
            FunctionCounter.builder("acmp.intune.graph.requests", traffic, of -> of.count(outcome))
                    .description("Requests to Graph by how they ended")
                    .tags(tags)
                    .tag("outcome", outcome.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                    .register(registry);
        }
        Gauge.builder("acmp.intune.circuit.open", traffic, ConnectorMetrics::openness)
                .description("0 = calls go out, 1 = they keep failing and none goes out, 0.5 = one is tried")
                .tags(tags)
                .register(registry);
        FunctionTimer.builder("acmp.intune.budget.wait", budget, RequestBudget::waitCount,
                of -> of.totalWait().toNanos() / (double) Duration.ofMillis(1).toNanos(), TimeUnit.MILLISECONDS)
                .description("Waits for room in the budget that all replicas share")
                .tags(tags)
                .register(registry);
    }

    private static double openness(CircuitBreaker traffic) {
        return switch (traffic.circuit().position()) {
            case CLOSED -> 0;
            case HALF_OPEN -> 0.5;
            case OPEN -> 1;
        };
    }
}
