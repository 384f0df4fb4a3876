package io.acmpintune.simulator.web;

/** The outcome of a request: a response, or a connection that ends without a complete one. */
public sealed interface Outcome {

    record Send(Response answer) implements Outcome {}

    /** Sends half of the body and closes the connection. */
    record CutShort(Response answer) implements Outcome {}

    /** Sends half of the body as if it were complete. */
    record Halve(Response answer) implements Outcome {}

    /** Closes the connection in an orderly way. */
    record Drop() implements Outcome {}

    record Reset() implements Outcome {}
}
