package io.acmpintune.connector.budget;

import java.time.Duration;

/** The result of waiting for a budget. */
public sealed interface Permit {

    /** The call may be sent now; its cost is deducted. */
    record Granted() implements Permit {}

    /** Intune accepts no requests for longer than the caller waits. Nothing is deducted. */
    record Blocked(Duration remaining) implements Permit {}
}
