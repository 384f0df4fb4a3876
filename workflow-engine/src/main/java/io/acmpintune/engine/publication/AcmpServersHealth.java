package io.acmpintune.engine.publication;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

import io.acmpintune.runtime.health.PromptValue;

/**
 * Health component {@code acmpServers}: the ACMP servers that cannot be updated. It is always UP, since restarting the service
 * would not help; monitor its detail {@code condition}, which is {@code unknown} while the database does not answer.
 */
class AcmpServersHealth implements HealthIndicator {

    private static final Duration PATIENCE = Duration.ofMillis(500);

    private final PromptValue<List<ServerStatuses.BlockedServer>> blockedServers;

    AcmpServersHealth(ServerStatuses statuses) {
        this.blockedServers = new PromptValue<>(statuses::blockedServers, PATIENCE);
    }

    @Override
    public Health health() {
        return blockedServers.get()
                .map(AcmpServersHealth::health)
                .orElseGet(() -> Health.up().withDetail("condition", "unknown").build());
    }

    private static Health health(List<ServerStatuses.BlockedServer> blockedServers) {
        Map<String, Object> servers = new LinkedHashMap<>();
        blockedServers
                .forEach(blocked -> servers.put(blocked.workflow() + ":" + blocked.server(), details(blocked)));
        return Health.up()
                .withDetail("condition", servers.isEmpty() ? "ok" : "degraded")
                .withDetail("servers", servers)
                .build();
    }

    private static Map<String, Object> details(ServerStatuses.BlockedServer blocked) {
        Map<String, Object> details = new LinkedHashMap<>();
        if (blocked.problem() != null) {
            details.put("problem", blocked.problem());
            details.put("since", String.valueOf(blocked.since()));
        }
        if (blocked.schemaProblem() != null) {
            details.put("schemaProblem", blocked.schemaProblem());
            details.put("schemaProblemSince", String.valueOf(blocked.schemaSince()));
        }
        return details;
    }
}
