package io.acmpintune.engine.acmp;

import io.acmpintune.engine.acmp.sics.SicsAddress;

/**
 * An ACMP server and its address on SICS.
 *
 * @param id its id in our configuration, as in {@code acmp.servers.ACMP-1}
 * @param virtualRouter the virtual router on which the server listens
 * @param routingKey the routing key under which it listens there
 */
public record AcmpServer(String id, String virtualRouter, String routingKey) {

    SicsAddress address() {
        return new SicsAddress(virtualRouter, routingKey);
    }
}
