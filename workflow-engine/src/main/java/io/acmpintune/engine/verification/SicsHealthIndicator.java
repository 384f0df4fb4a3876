package io.acmpintune.engine.verification;

import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

import io.acmpintune.engine.acmp.AcmpGateway;
import io.acmpintune.engine.acmp.ConnectionStatus;
import io.acmpintune.engine.acmp.sics.CredentialRefusal;
import io.acmpintune.engine.acmp.sics.UnencryptedFallback;

/**
 * The health component {@code sics}: whether calls are encrypted and credentials accepted, known without asking SICS. The
 * status is always UP: a container platform restarts what is DOWN, and the new process would try the same wrong password
 * again. Monitor the detail {@code condition} instead.
 */
@Component
final class SicsHealthIndicator implements HealthIndicator {

    private final AcmpGateway gateway;

    SicsHealthIndicator(AcmpGateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public Health health() {
        ConnectionStatus status = gateway.status();
        boolean works = status.fallback() == null && status.refusal() == null
                && status.refusalByServer().isEmpty();
        Health.Builder health = Health.up()
                .withDetail("condition", works ? "ok" : "degraded")
                .withDetail("url", status.url().toString())
                .withDetail("encrypted", status.encrypted());
        UnencryptedFallback fallback = status.fallback();
        if (fallback != null) {
            health.withDetail("unencryptedSince", fallback.since().toString())
                    .withDetail("unencryptedBecause", fallback.because().why())
                    .withDetail("remedy", fallback.because().remedy());
        }
        CredentialRefusal refusal = status.refusal();
        if (refusal != null) {
            health.withDetail("wrongCredentials", details(refusal));
        }
        if (!status.refusalByServer().isEmpty()) {
            Map<String, Object> servers = new LinkedHashMap<>();
            status.refusalByServer().forEach((server, refused) -> servers.put(server, details(refused)));
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
