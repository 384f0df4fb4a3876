package io.acmpintune.engine.publication;

import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Health component {@code acmpServers}: the ACMP servers that cannot be updated. It is always UP, since restarting the service
 * would not help; monitor its detail {@code condition}.
 */
class AcmpServersHealth implements HealthIndicator {

    private final ServerStatuses statuses;

    AcmpServersHealth(ServerStatuses statuses) {
        this.statuses = statuses;
    }

    @Override
    public Health health() {
        Map<String, Object> servers = new LinkedHashMap<>();
        statuses.blockedServers()
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
