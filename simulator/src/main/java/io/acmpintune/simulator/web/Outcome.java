package io.acmpintune.simulator.web;

/** What becomes of a request: an answer, or a connection that ends without a whole one. */
public sealed interface Outcome {

    record Send(Answer answer) implements Outcome {}

    /** Half of the body, then the end of the connection. */
    record CutShort(Answer answer) implements Outcome {}

    /** Half of the body as if it were all. */
    record Halve(Answer answer) implements Outcome {}

    /** An orderly close. */
    record Drop() implements Outcome {}

    record Reset() implements Outcome {}
}
