package io.acmpintune.engine.acmp;

/**
 * One ACMP server, as it is addressed on SICS.
 *
 * @param id its name in our configuration, as in {@code acmp.servers.ACMP-1}
 * @param virtualRouter the virtual router on which the server listens
 * @param routingKey the routing key under which it listens there
 */
public record AcmpServer(String id, String virtualRouter, String routingKey) {

    /**
     * Checks that nothing is empty.
     *
     * @throws IllegalArgumentException naming the configuration key
     */
    public AcmpServer {
        if (id.isBlank()) {
            throw new IllegalArgumentException("acmp.servers: a server has an empty name: give it one, such as ACMP-1");
        }
        requireText(id, "virtual-router", virtualRouter);
        requireText(id, "routing-key", routingKey);
    }

    private static void requireText(String id, String key, String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException("acmp.servers." + id + "." + key
                    + " is empty: set it to the value shown in ACMP's SICS settings or in the AESB console");
        }
    }
}
