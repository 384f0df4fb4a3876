package io.acmpintune.engine.acmp.sics;

/**
 * Where a message is published to on SICS.
 *
 * @param virtualRouter the virtual router's name
 * @param routingKey the routing key that leads to the receiver's target
 */
public record SicsAddress(String virtualRouter, String routingKey) {}
