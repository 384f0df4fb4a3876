package io.acmpintune.simulator.web;

/** Answers the requests of one route. */
@FunctionalInterface
public interface Handler {
    Answer answer(Request request);
}
