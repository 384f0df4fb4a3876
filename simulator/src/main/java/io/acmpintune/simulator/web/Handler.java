package io.acmpintune.simulator.web;

/** Handles the requests of one route. */
@FunctionalInterface
public interface Handler {
    Response answer(Request request);
}
