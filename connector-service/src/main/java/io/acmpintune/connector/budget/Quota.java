package io.acmpintune.connector.budget;

/** What Intune limits separately. */
public enum Quota {
    /** POST, PUT, PATCH and DELETE. */
    WRITES,
    /** Everything, writes included. */
    REQUESTS
}
