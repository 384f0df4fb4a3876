package io.acmpintune.engine.health;

import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

import io.acmpintune.engine.acmp.AcmpGateway;
import io.acmpintune.engine.acmp.ConnectionCondition;
import io.acmpintune.engine.acmp.sics.CredentialRefusal;

/**
 * The health component {@code sics}: whether calls go encrypted and whether our credentials are taken, without asking SICS. It is
 * UP whatever it tells: a container platform ends what is DOWN, and a new process would meet the same SICS, and try the same
 * wrong password once more. Who watches SICS watches the detail {@code condition}.
 */
class SicsHealth implements HealthIndicator {

    private final AcmpGateway gateway;

    SicsHealth(AcmpGateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public Health health() {
        ConnectionCondition condition = gateway.condition();
        boolean works = condition.fallback() == null && condition.refusal() == null
                && condition.refusalByServer().isEmpty();
        Health.Builder health = Health.up()
                .withDetail("condition", works ? "ok" : "degraded")
                .withDetail("url", condition.url().toString())
                .withDetail("encrypted", condition.encrypted());
        var fallback = condition.fallback();
        if (fallback != null) {
            health.withDetail("unencryptedSince", fallback.since().toString())
                    .withDetail("unencryptedBecause", fallback.because().why())
                    .withDetail("remedy", fallback.because().remedy());
        }
        var refusal = condition.refusal();
        if (refusal != null) {
            health.withDetail("wrongCredentials", details(refusal));
        }
        if (!condition.refusalByServer().isEmpty()) {
            Map<String, Object> servers = new LinkedHashMap<>();
            condition.refusalByServer().forEach((server, refused) -> servers.put(server, details(refused)));
            health.withDetail("wrongCredentialsByServer", servers);
        }
        return health.build();
    }

    private static Map<String, Object> details(CredentialRefusal refusal) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("since", refusal.since().toString());
        details.put("problem", refusal.problem().why());
        details.put("remedy", refusal.problem().remedy());
        return details;
    }
}
