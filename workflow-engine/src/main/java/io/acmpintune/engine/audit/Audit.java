package io.acmpintune.engine.audit;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Records what happens. An entry stands or falls with the caller's transaction: where the entry cannot be written, what it would
 * tell of does not happen.
 */
@Component
public class Audit {

    private final AuditRepository entries;
    private final InstantSource clock;

    Audit(AuditRepository entries, InstantSource clock) {
        this.entries = entries;
        this.clock = clock;
    }

    /** As {@link #record(List)}, of one event. */
    public void record(AuditEvent event) {
        record(List.of(event));
    }

    /**
     * Appends the events in their order, as the last thing that a transaction does: until its end no other can append, and one
     * that takes other locks later could wait for another that waits for this.
     *
     * @throws IllegalStateException when no transaction is active
     */
    public void record(List<AuditEvent> events) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("An audit entry belongs to the transaction of what it tells of");
        }
        if (events.isEmpty()) {
            return;
        }
        AuditRepository.Head head = entries.lockHead();
        // PostgreSQL keeps microseconds, and the hash must hold for what it keeps
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
