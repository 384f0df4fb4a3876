package io.acmpintune.engine.acmp;

/**
 * The address at which query actions arrive on SICS.
 *
 * @param virtualRouter the virtual router to which ACMP publishes
 * @param target the name of our queue in it
 * @param routingKey the routing key with which ACMP publishes
 */
public record QueryActionAddress(String virtualRouter, String target, String routingKey) {}
