package io.acmpintune.simulator.web;

/** What becomes of a request: an answer, or a connection that ends without a whole one. */
public sealed interface Outcome {

    record Send(Response answer) implements Outcome {}

    /** Half of the body, then the end of the connection. */
    record CutShort(Response answer) implements Outcome {}

    /** Half of the body as if it were all. */
    record Halve(Response answer) implements Outcome {}

    /** An orderly close. */
    record Drop() implements Outcome {}

    record Reset() implements Outcome {}
}
