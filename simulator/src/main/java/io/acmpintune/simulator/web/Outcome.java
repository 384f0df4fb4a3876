package io.acmpintune.simulator.web;

/** What becomes of a request: an answer, or a connection that ends without one. */
public sealed interface Outcome {

    record Send(Answer answer) implements Outcome {}

    record Drop() implements Outcome {}
}
