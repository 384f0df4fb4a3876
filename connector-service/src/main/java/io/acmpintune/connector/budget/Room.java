package io.acmpintune.connector.budget;

import java.time.Duration;

/** Whether a call may go out. */
public sealed interface Room {

    /** Now, and it is paid for. */
    record Made() implements Room {}

    /** Intune wants no requests for longer than the caller would wait. Nothing was paid. */
    record Closed(Duration left) implements Room {}
}
