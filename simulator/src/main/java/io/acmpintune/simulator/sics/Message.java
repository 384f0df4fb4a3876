package io.acmpintune.simulator.sics;

/**
 * What is handed from a publisher to whoever listens.
 *
 * @param body           Base64, as it was published
 * @param callbackRouter the virtual router that a reply should go to; "" if none is wanted
 * @param callbackKey    its routing key
 */
public record Message(String body, String callbackRouter, String callbackKey) {}
