package io.acmpintune.engine.audit;

/** Takes part in the transactions that record events. */
@FunctionalInterface
public interface AuditListener {

    /** Is called in the transaction that records the event; a failure rolls it back. */
    void recording(AuditEvent event);
}
