package io.acmpintune.model.action;

/** The PIN that opens a Mac again after a remote lock; it is read from Intune when it is asked for, and stored nowhere. */
public record UnlockPin(String value) {

    /**
     * Asks for it; only who ordered the lock is told, and only once.
     *
     * @param requestedBy the person, exactly as in the order of the lock
     */
    public record Request(String requestedBy) {
        public Request {
            Person.check("requestedBy", requestedBy);
        }
    }

    @Override
    public String toString() {
        return "UnlockPin[…]";
    }
}
