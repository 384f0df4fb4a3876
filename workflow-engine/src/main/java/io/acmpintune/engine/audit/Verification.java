package io.acmpintune.engine.audit;

import java.util.List;

/**
 * What a look at the whole chain found.
 *
 * @param intact whether nothing was found
 * @param entries how many there should be
 * @param hash the hash of the last entry, 64 hexadecimal digits; kept elsewhere, it proves later that the entries up to there
 *            are still these
 * @param findings the first 1,000, in the order of the entries
 * @param found how many there are
 */
public record Verification(boolean intact, long entries, String hash, List<Finding> findings, long found) {

    /** What is wrong with an entry. */
    public enum Fault {
        /** It is not as it was written, or its hash was made to fit. */
        CHANGED,
        /** It is not there any more. */
        MISSING,
        /** It is there and was not written by the service. */
        INSERTED
    }

    /**
     * A bad place.
     *
     * @param first number of the first entry concerned
     * @param last number of the last; the same as {@code first} for one
     */
    public record Finding(Fault fault, long first, long last) {}

    public Verification {
        findings = List.copyOf(findings);
    }

    /** A count and hash that an earlier verification answered. */
    public record Witness(long entries, String hash) {}
}
