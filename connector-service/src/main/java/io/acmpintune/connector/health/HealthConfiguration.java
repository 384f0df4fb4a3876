package io.acmpintune.connector.health;

import java.time.InstantSource;

import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;

import io.acmpintune.connector.budget.RequestBudgets;
import io.acmpintune.connector.graph.Graphs;
import io.acmpintune.connector.tenant.Connectors;

/** What is told of the connectors' condition. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class HealthConfiguration {

    @Bean
    CredentialMonitor credentialWatch(Connectors connectors, InstantSource clock) {
        return new CredentialMonitor(connectors, clock);
    }

    /** Named as the health component. */
    @Bean
    HealthIndicator connectorsHealthIndicator(Connectors connectors, Graphs graphs, CredentialMonitor watch) {
        return new ConnectorsHealth(connectors, graphs, watch);
    }

    @Bean
    MeterBinder connectorMetrics(Connectors connectors, Graphs graphs, RequestBudgets budgets,
            CredentialMonitor watch) {
        return new ConnectorMetrics(connectors, graphs, budgets, watch);
    }
}
