package io.acmpintune.engine.publication;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * The health component {@code acmpServers}: what hinders workflows from telling their ACMP servers, as last noted. It is UP
 * whatever it tells, because a new process would meet the same servers; who watches them watches {@code condition}.
 */
class AcmpServersHealth implements HealthIndicator {

    private final Publications publications;

    AcmpServersHealth(Publications publications) {
        this.publications = publications;
    }

    @Override
    public Health health() {
        List<Publications.Hindrance> hindrances = publications.hindrances();
        Map<String, Object> servers = new LinkedHashMap<>();
        hindrances.forEach(hindrance -> servers.put(hindrance.workflow() + ":" + hindrance.server(),
                details(hindrance)));
        return Health.up()
                .withDetail("condition", servers.isEmpty() ? "ok" : "degraded")
                .withDetail("servers", servers)
                .build();
    }

    private static Map<String, Object> details(Publications.Hindrance hindrance) {
        Map<String, Object> details = new LinkedHashMap<>();
        if (hindrance.problem() != null) {
            details.put("problem", hindrance.problem());
            details.put("since", String.valueOf(hindrance.since()));
        }
        if (hindrance.schemaProblem() != null) {
            details.put("lastKnownSchemaServesBecause", hindrance.schemaProblem());
            details.put("lastKnownSchemaServesSince", String.valueOf(hindrance.schemaSince()));
        }
        return details;
    }
}
