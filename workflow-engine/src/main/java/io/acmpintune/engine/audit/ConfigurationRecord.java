package io.acmpintune.engine.audit;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

import static io.acmpintune.engine.audit.AuditedEvent.CONFIGURATION_CHANGED;

/** At the start, records the configuration where it is not the one that was recorded last. A start that cannot do this fails. */
@Component
class ConfigurationRecord implements InitializingBean {

    private final Audit audit;
    private final AuditRepository entries;
    private final TransactionOperations transactions;
    private final List<AuditedConfiguration> parts;

    ConfigurationRecord(Audit audit, AuditRepository entries, TransactionOperations transactions,
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
        Facts effective = Facts.ofConfiguration(values);
        transactions.executeWithoutResult(_ -> {
            // two replicas that start at once record it once
            entries.lockHead();
            Optional<Facts> last = entries.lastAfter(CONFIGURATION_CHANGED).map(Facts::ofConfiguration);
            if (!last.equals(Optional.of(effective))) {
                audit.record(AuditEvent.of(CONFIGURATION_CHANGED, AuditEvent.SYSTEM)
                        .to(Target.Kind.CONFIGURATION, "workflow-engine")
                        .changing(last.orElse(null), effective));
            }
        });
    }
}
