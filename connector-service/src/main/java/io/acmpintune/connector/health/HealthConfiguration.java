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

/** Wires health, metrics and expiry warnings of the connectors. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class HealthConfiguration {

    @Bean
    CredentialMonitor credentialMonitor(Connectors connectors, InstantSource clock) {
        return new CredentialMonitor(connectors, clock);
    }

    /** The bean name determines the name of the health component. */
    @Bean
    HealthIndicator connectorsHealthIndicator(Connectors connectors, Graphs graphs, CredentialMonitor credentials) {
        return new ConnectorsHealth(connectors, graphs, credentials);
    }

    @Bean
    MeterBinder connectorMetrics(Connectors connectors, Graphs graphs, RequestBudgets budgets,
            CredentialMonitor credentials) {
        return new ConnectorMetrics(connectors, graphs, budgets, credentials);
    }
}
