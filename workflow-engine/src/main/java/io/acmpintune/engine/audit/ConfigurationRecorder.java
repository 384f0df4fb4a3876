package io.acmpintune.engine.audit;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

import static io.acmpintune.engine.audit.AuditEventType.CONFIGURATION_CHANGED;

/** Records the configuration at startup if it differs from the last recorded one. The start fails if that is not possible. */
@Component
class ConfigurationRecorder implements InitializingBean {

    private final Audit audit;
    private final AuditRepository entries;
    private final TransactionOperations transactions;
    private final List<AuditedConfiguration> parts;

    ConfigurationRecorder(Audit audit, AuditRepository entries, TransactionOperations transactions,
            List<AuditedConfiguration> parts) {
        this.audit = audit;
        this.entries = entries;
        this.transactions = transactions;
        this.parts = List.copyOf(parts);
    }

    @Override
    public void afterPropertiesSet() {
        Map<String, String> values = new TreeMap<>();
        parts.forEach(part -> values.putAll(part.values()));
        AuditValues effective = AuditValues.ofConfiguration(values);
        transactions.executeWithoutResult(_ -> {
            // the lock makes two replicas that start at once record it once
            entries.lockHead();
            Optional<AuditValues> last = entries.lastAfter(CONFIGURATION_CHANGED).map(AuditValues::ofConfiguration);
            if (!last.equals(Optional.of(effective))) {
                audit.record(AuditEvent.of(CONFIGURATION_CHANGED, AuditEvent.SYSTEM)
                        .to(AuditTarget.Kind.CONFIGURATION, "workflow-engine")
                        .changing(last.orElse(null), effective));
            }
        });
    }
}
