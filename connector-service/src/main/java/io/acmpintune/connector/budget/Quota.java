package io.acmpintune.connector.budget;

/** The kinds of requests that Intune limits separately. */
public enum Quota {
    /** POST, PUT, PATCH and DELETE. */
    WRITES,
    /** All requests, including writes. */
    REQUESTS
}
