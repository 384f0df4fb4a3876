package io.acmpintune.engine.audit;

import java.util.List;

/**
 * Result of verifying the whole chain.
 *
 * @param intact whether there are no findings
 * @param entries how many entries there should be
 * @param hash the last entry's hash, 64 hexadecimal digits; kept elsewhere, it later proves that these entries are unchanged
 * @param findings the first 1,000, in the order of the entries
 * @param found the number of all findings
 */
public record ChainVerification(boolean intact, long entries, String hash, List<Finding> findings, long found) {

    /** What is wrong with an entry. */
    public enum Fault {
        /** The entry was changed, or its hash was recomputed. */
        CHANGED,
        /** The entry was deleted. */
        MISSING,
        /** The service did not write the entry. */
        INSERTED
    }

    /**
     * A range of damaged entries.
     *
     * @param first number of the first entry
     * @param last number of the last entry
     */
    public record Finding(Fault fault, long first, long last) {}

    public ChainVerification {
        findings = List.copyOf(findings);
    }

    /** The count and hash of an earlier verification. */
    public record Checkpoint(long entries, String hash) {}
}
