package io.acmpintune.engine.safety;

import org.springframework.stereotype.Component;

import io.acmpintune.engine.audit.AuditEvent;
import io.acmpintune.engine.audit.AuditListener;
import io.acmpintune.engine.audit.AuditTarget;

/** Notifies other systems of pressed and lifted emergency stops together with their audit entries: pressing waits for neither. */
@Component
class StopNotifications implements AuditListener {

    private final SafetyWebhooks webhooks;

    StopNotifications(SafetyWebhooks webhooks) {
        this.webhooks = webhooks;
    }

    @Override
    public void recording(AuditEvent event) {
        AuditTarget stop = event.target();
        if (stop == null || stop.kind() != AuditTarget.Kind.EMERGENCY_STOP) {
            return;
        }
        switch (event.event()) {
            case EMERGENCY_STOP_PRESSED -> webhooks.stopPressed(stop.id());
            case EMERGENCY_STOP_LIFTED -> webhooks.stopLifted(stop.id());
            default -> {
                // a request, a refusal or a suspicion changes no stop
            }
        }
    }
}
