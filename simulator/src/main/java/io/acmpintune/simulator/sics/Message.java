package io.acmpintune.simulator.sics;

/**
 * A message from a publisher to its listeners.
 *
 * @param body Base64, as it was published
 * @param callbackRouter virtual router for the reply; "" for no reply
 * @param callbackKey its routing key
 */
public record Message(String body, String callbackRouter, String callbackKey) {}
