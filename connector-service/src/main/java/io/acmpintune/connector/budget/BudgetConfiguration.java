package io.acmpintune.connector.budget;

import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

import io.acmpintune.connector.tenant.Connectors;

/** Wires the request budgets of the configured connectors. */
@Configuration(proxyBeanMethods = false)
class BudgetConfiguration {

    @Bean
    RequestBudgets budgets(Connectors connectors, JdbcClient jdbc, TransactionOperations transactions) {
        return new RequestBudgets(connectors.all(), jdbc, transactions);
    }

    /** Runs before the scheduler shuts down, which gives its lanes some seconds to finish by themselves. */
    @Bean
    ApplicationListener<ContextClosedEvent> budgetsStop(RequestBudgets budgets) {
        return _ -> budgets.stop();
    }
}
