package io.acmpintune.engine.audit;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Appends audit entries in the caller's transaction: if an entry cannot be written, the change that it records is rolled back. */
@Component
public class Audit {

    private final AuditRepository entries;
    private final List<AuditListener> listeners;
    private final InstantSource clock;

    Audit(AuditRepository entries, List<AuditListener> listeners, InstantSource clock) {
        this.entries = entries;
        this.listeners = List.copyOf(listeners);
        this.clock = clock;
    }

    public void record(AuditEvent event) {
        record(List.of(event));
    }

    /**
     * Appends events in order. Must be the transaction's last step: it locks the chain until commit, so that a lock taken later
     * could deadlock.
     *
     * @throws IllegalStateException when no transaction is active
     */
    public void record(List<AuditEvent> events) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("An audit entry needs the transaction of the change that it records");
        }
        if (events.isEmpty()) {
            return;
        }
        // before the chain is locked
        events.forEach(event -> listeners.forEach(listener -> listener.recording(event)));
        AuditRepository.Head head = entries.lockHead();
        // PostgreSQL stores microseconds, and the hash must match the stored time
        Instant at = clock.instant().truncatedTo(ChronoUnit.MICROS);
        List<AuditEntry> chained = new ArrayList<>(events.size());
        long seq = head.count();
        String hash = head.hash();
        for (AuditEvent event : events) {
            AuditEntry entry = AuditEntry.next(++seq, at, hash, event);
            hash = entry.hash();
            chained.add(entry);
        }
        entries.append(chained);
        entries.moveHead(new AuditRepository.Head(seq, hash));
    }
}
