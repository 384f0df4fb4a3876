package io.acmpintune.engine.webhook;

/** How an attempt went. */
sealed interface Attempt {

    /** Any 2xx. */
    record Taken(int status) implements Attempt {}

    record Refused(int status, String problem) implements Attempt {}

    record NotAnswered(String problem) implements Attempt {}
}
