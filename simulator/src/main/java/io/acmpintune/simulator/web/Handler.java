package io.acmpintune.simulator.web;

/** Answers the requests of one route. */
@FunctionalInterface
public interface Handler {
    Response answer(Request request);
}
