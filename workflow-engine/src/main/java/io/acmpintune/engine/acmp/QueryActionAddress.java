package io.acmpintune.engine.acmp;

/**
 * Where query actions arrive on SICS.
 *
 * @param virtualRouter the virtual router that ACMP publishes to
 * @param target the name of our queue in it
 * @param routingKey the routing key that ACMP publishes under
 */
public record QueryActionAddress(String virtualRouter, String target, String routingKey) {}
