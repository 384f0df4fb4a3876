package io.acmpintune.connector.budget;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

import io.acmpintune.connector.tenant.Connector;

/** The budgets of a service. Connectors of one application in one tenant share one, with the smaller limits of both. */
public final class RequestBudgets {

    private static final int WRITES_AT_ONCE = 20;
    private static final int REQUESTS_AT_ONCE = 100;

    private final Map<Owner, RequestBudget> budgets = new HashMap<>();
    private final CountDownLatch stopped = new CountDownLatch(1);

    private record Owner(UUID tenant, UUID client) {
        static Owner of(Connector connector) {
            return new Owner(connector.tenantId(), connector.clientId());
        }
    }

    public RequestBudgets(Iterable<Connector> connectors, JdbcClient jdbc, TransactionOperations transactions) {
        Map<Owner, Connector.Limits> limits = new HashMap<>();
        connectors.forEach(connector -> {
            limits.merge(Owner.of(connector), connector.limits(), Connector.Limits::smaller);
            limits.merge(Owner.of(connector.forActions()), connector.limits(), Connector.Limits::smaller);
        });
        limits.forEach((owner, smallest) -> budgets.put(owner,
                new RequestBudget("application " + owner.client() + " in tenant " + owner.tenant(),
                        new BudgetRepository(jdbc, transactions, owner.tenant(), owner.client(), flows(smallest)),
                        stopped)));
    }

    public RequestBudget of(Connector connector) {
        RequestBudget budget = budgets.get(Owner.of(connector));
        if (budget == null) {
            throw new IllegalArgumentException(connector + " is not one of the configured connectors");
        }
        return budget;
    }

    /** Ends every wait: the service stops. */
    public void stop() {
        stopped.countDown();
    }

    private static Map<Quota, RateLimit> flows(Connector.Limits limits) {
        Map<Quota, RateLimit> flows = new EnumMap<>(Quota.class);
        flows.put(Quota.WRITES, RateLimit.within(limits.writes(), WRITES_AT_ONCE));
        flows.put(Quota.REQUESTS, RateLimit.within(limits.requests(), REQUESTS_AT_ONCE));
        return flows;
    }
}
