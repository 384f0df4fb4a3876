package io.acmpintune.connector.budget;

import java.time.Duration;

/** Whether a call may go out. */
public sealed interface Permit {

    /** Now, and it is paid for. */
    record Granted() implements Permit {}

    /** Intune wants no requests for longer than the caller would wait. Nothing was paid. */
    record Blocked(Duration left) implements Permit {}
}
