package io.acmpintune.model.action;

/**
 * Takes an action back that was not sent.
 *
 * @param cancelledBy 1 to 200 characters without control characters
 */
public record ActionCancellation(String cancelledBy) {
    public ActionCancellation {
        Person.check("cancelledBy", cancelledBy);
    }
}
