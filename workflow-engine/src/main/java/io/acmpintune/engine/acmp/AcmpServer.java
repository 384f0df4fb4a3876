package io.acmpintune.engine.acmp;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.acmpintune.engine.acmp.sics.SicsAddress;
import io.acmpintune.runtime.startup.ConfigurationFault;
import io.acmpintune.runtime.startup.WrongConfiguration;

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
     * @throws WrongConfiguration naming every key whose value is empty
     */
    public AcmpServer {
        var faults = new ArrayList<ConfigurationFault>();
        if (id.isBlank()) {
            faults.add(new ConfigurationFault("acmp.servers", "a server has no name", "Give it one, such as ACMP-1"));
        }
        for (var value : List.of(Map.entry("virtual-router", virtualRouter), Map.entry("routing-key", routingKey))) {
            if (value.getValue().isBlank()) {
                faults.add(new ConfigurationFault("acmp.servers." + id + "." + value.getKey(), "it is empty",
                        "Set it to the value that ACMP's SICS settings or the AESB console show"));
            }
        }
        if (!faults.isEmpty()) {
            throw new WrongConfiguration(faults);
        }
    }

    SicsAddress address() {
        return new SicsAddress(virtualRouter, routingKey);
    }
}
