package io.acmpintune.connector.budget;

/** What Intune limits separately. */
public enum Kind {
    /** POST, PUT, PATCH and DELETE. */
    WRITES,
    /** Everything, writes included. */
    REQUESTS
}
