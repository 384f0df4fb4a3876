package io.acmpintune.engine.audit;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.acmpintune.engine.audit.ChainVerification.Checkpoint;
import io.acmpintune.engine.audit.ChainVerification.Fault;
import io.acmpintune.engine.audit.ChainVerification.Finding;

/**
 * Verifies entries in order of their numbers. An entry's own hash, its previous hash and its number must agree. Renumbering, to close
 * a gap or to make room, is found because hashes still match the old numbers.
 */
final class ChainVerifier {

    private static final int MOST_FINDINGS = 1_000;

    private final AuditRepository.Head head;
    private final @Nullable Checkpoint checkpoint;
    private final List<Finding> findings = new ArrayList<>();
    private long found;

    private String hash = EntryHash.NONE;
    private long number;
    /** By how much numbers are greater than when they were written. */
    private long shift;
    /** Whether the previous entry's hash is known to be unusable for checking the next link. */
    private boolean broken;

    ChainVerifier(AuditRepository.Head head, @Nullable Checkpoint checkpoint) {
        this.head = head;
        this.checkpoint = checkpoint;
    }

    void next(AuditEntry entry) {
        long seq = entry.seq();
        if (seq <= number) {
            // the primary key was dropped, or the number is below 1
            report(Fault.INSERTED, seq, seq);
            return;
        }
        if (seq > number + 1) {
            report(Fault.MISSING, number + 1, seq - 1);
            broken = true;
        }
        number = seq;
        if (seq - shift > head.count() && !matches(entry, seq - shift - 1)) {
            report(Fault.INSERTED, seq, seq);
            return;
        }
        verify(entry);
        hash = entry.hash();
        if (checkpoint != null && checkpoint.entries() == seq && !checkpoint.hash().equalsIgnoreCase(hash)) {
            report(Fault.CHANGED, seq, seq);
        }
    }

    private void verify(AuditEntry entry) {
        long seq = entry.seq();
        boolean linked = broken || entry.previousHash().equals(hash);
        broken = false;
        if (matches(entry, seq - shift)) {
            if (!linked) {
                report(Fault.CHANGED, seq - 1, seq - 1);
            }
        } else if (matches(entry, seq - shift - 1)) {
            shift++;
            report(Fault.INSERTED, seq - 1, seq - 1);
        } else if (matches(entry, seq - shift + 1)) {
            shift--;
            report(Fault.MISSING, seq, seq);
        } else {
            report(Fault.CHANGED, seq, seq);
        }
    }

    ChainVerification end() {
        long last = number - shift;
        if (last < head.count()) {
            report(Fault.MISSING, last + 1, head.count());
        } else if (last == head.count() && !hash.equals(head.hash())) {
            report(Fault.CHANGED, number, number);
        }
        if (checkpoint != null && checkpoint.entries() > head.count()) {
            report(Fault.MISSING, head.count() + 1, checkpoint.entries());
        }
        return new ChainVerification(found == 0, head.count(), head.hash(), findings, found);
    }

    private static boolean matches(AuditEntry entry, long seq) {
        return EntryHash.of(entry, seq).equals(entry.hash());
    }

    private void report(Fault fault, long first, long last) {
        Finding finding = new Finding(fault, first, last);
        if (!findings.isEmpty() && findings.getLast().equals(finding)) {
            return;
        }
        found++;
        if (findings.size() < MOST_FINDINGS) {
            findings.add(finding);
        }
    }
}
