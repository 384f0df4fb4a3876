package io.acmpintune.model.action;

/**
 * Cancels an action that has not been sent.
 *
 * @param cancelledBy 1 to 200 characters without control characters
 */
public record ActionCancellation(String cancelledBy) {
    public ActionCancellation {
        Person.check("cancelledBy", cancelledBy);
    }
}
