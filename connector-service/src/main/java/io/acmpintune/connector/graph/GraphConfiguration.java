package io.acmpintune.connector.graph;

import java.time.InstantSource;

import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.connector.budget.RequestBudgets;
import io.acmpintune.connector.tenant.Connectors;

/** Wires Graph access for the configured connectors. */
@Configuration(proxyBeanMethods = false)
class GraphConfiguration {

    @Bean
    Graphs graphs(Connectors connectors, SslBundles bundles, JsonMapper json, InstantSource clock,
            RequestBudgets budgets) {
        return new Graphs(connectors.all(), bundles, json, clock, budgets);
    }
}
