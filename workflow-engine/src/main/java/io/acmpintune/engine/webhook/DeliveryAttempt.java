package io.acmpintune.engine.webhook;

/** Result of sending a delivery. */
sealed interface DeliveryAttempt {

    /** Any 2xx status. */
    record Accepted(int status) implements DeliveryAttempt {}

    record Refused(int status, String problem) implements DeliveryAttempt {}

    record NotAnswered(String problem) implements DeliveryAttempt {}
}
