package io.acmpintune.model.action;

/** The PIN that unlocks a Mac after a remote lock. It is read from Intune on demand and never stored. */
public record UnlockPin(String value) {

    /**
     * Requests the PIN; it is shown once, to whoever requested the lock.
     *
     * @param requestedBy the person, exactly as in the request for the lock
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
