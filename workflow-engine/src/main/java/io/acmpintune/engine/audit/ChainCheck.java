package io.acmpintune.engine.audit;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.acmpintune.engine.audit.Verification.Fault;
import io.acmpintune.engine.audit.Verification.Finding;
import io.acmpintune.engine.audit.Verification.Witness;

/**
 * Looks at entries in the order of their numbers and says what is wrong with them. Each holds three things that must agree: its
 * own hash, the hash of the one before, and its number. Who renumbers entries to close a gap, or to make room, is found too: their
 * hashes fit the numbers they had.
 */
final class ChainCheck {

    private static final int MOST_FINDINGS = 1_000;

    private final AuditRepository.Head head;
    private final @Nullable Witness witness;
    private final List<Finding> findings = new ArrayList<>();
    private long found;

    private String hash = EntryHash.NONE;
    private long number;
    /** By how much numbers are greater than they were when they were written. */
    private long moved;
    /** Whether the hash of the entry before is known to be no measure for the next. */
    private boolean broken;

    ChainCheck(AuditRepository.Head head, @Nullable Witness witness) {
        this.head = head;
        this.witness = witness;
    }

    void next(AuditEntry entry) {
        long seq = entry.seq();
        if (seq <= number) {
            // the key of the table is gone, or the number is below 1
            find(Fault.INSERTED, seq, seq);
            return;
        }
        if (seq > number + 1) {
            find(Fault.MISSING, number + 1, seq - 1);
            broken = true;
        }
        number = seq;
        if (seq - moved > head.count() && !fits(entry, seq - moved - 1)) {
            find(Fault.INSERTED, seq, seq);
            return;
        }
        judge(entry);
        hash = entry.hash();
        if (witness != null && witness.entries() == seq && !witness.hash().equalsIgnoreCase(hash)) {
            find(Fault.CHANGED, seq, seq);
        }
    }

    private void judge(AuditEntry entry) {
        long seq = entry.seq();
        boolean linked = broken || entry.previousHash().equals(hash);
        broken = false;
        if (fits(entry, seq - moved)) {
            if (!linked) {
                find(Fault.CHANGED, seq - 1, seq - 1);
            }
        } else if (fits(entry, seq - moved - 1)) {
            moved++;
            find(Fault.INSERTED, seq - 1, seq - 1);
        } else if (fits(entry, seq - moved + 1)) {
            moved--;
            find(Fault.MISSING, seq, seq);
        } else {
            find(Fault.CHANGED, seq, seq);
        }
    }

    Verification end() {
        long last = number - moved;
        if (last < head.count()) {
            find(Fault.MISSING, last + 1, head.count());
        } else if (last == head.count() && !hash.equals(head.hash())) {
            find(Fault.CHANGED, number, number);
        }
        if (witness != null && witness.entries() > head.count()) {
            find(Fault.MISSING, head.count() + 1, witness.entries());
        }
        return new Verification(found == 0, head.count(), head.hash(), findings, found);
    }

    private static boolean fits(AuditEntry entry, long seq) {
        return EntryHash.of(entry, seq).equals(entry.hash());
    }

    private void find(Fault fault, long first, long last) {
        boolean told = !findings.isEmpty() && findings.getLast().equals(new Finding(fault, first, last));
        if (told) {
            return;
        }
        found++;
        if (findings.size() < MOST_FINDINGS) {
            findings.add(new Finding(fault, first, last));
        }
    }
}
