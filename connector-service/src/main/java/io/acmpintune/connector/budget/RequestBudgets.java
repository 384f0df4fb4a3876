package io.acmpintune.connector.budget;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

import io.acmpintune.connector.tenant.Connector;

/** The request budgets of all connectors. Connectors that use the same application in the same tenant share one, with the smaller limits. */
public final class RequestBudgets {

    private static final int WRITE_BURST = 20;
    private static final int REQUEST_BURST = 100;

    private final Map<Owner, RequestBudget> budgets = new HashMap<>();
    private final CountDownLatch stopped = new CountDownLatch(1);

    private record Owner(UUID tenant, UUID client) {
        static Owner of(Connector connector) {
            return new Owner(connector.tenantId(), connector.clientId());
        }
    }

    public RequestBudgets(Iterable<Connector> connectors, JdbcClient jdbc, TransactionOperations transactions) {
        Map<Owner, Connector.RateLimits> limits = new HashMap<>();
        connectors.forEach(connector -> {
            limits.merge(Owner.of(connector), connector.limits(), Connector.RateLimits::min);
            limits.merge(Owner.of(connector.forActions()), connector.limits(), Connector.RateLimits::min);
        });
        limits.forEach((owner, smallest) -> budgets.put(owner,
                new RequestBudget("application " + owner.client() + " in tenant " + owner.tenant(),
                        new BudgetRepository(jdbc, transactions, owner.tenant(), owner.client(), rateLimits(smallest)),
                        stopped)));
    }

    public RequestBudget of(Connector connector) {
        RequestBudget budget = budgets.get(Owner.of(connector));
        if (budget == null) {
            throw new IllegalArgumentException(connector + " is not one of the configured connectors");
        }
        return budget;
    }

    /** Ends every wait, because the service is stopping. */
    public void stop() {
        stopped.countDown();
    }

    private static Map<Quota, RateLimit> rateLimits(Connector.RateLimits limits) {
        Map<Quota, RateLimit> rateLimits = new EnumMap<>(Quota.class);
        rateLimits.put(Quota.WRITES, RateLimit.of(limits.writes(), WRITE_BURST));
        rateLimits.put(Quota.REQUESTS, RateLimit.of(limits.requests(), REQUEST_BURST));
        return rateLimits;
    }
}
