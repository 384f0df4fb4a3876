package io.acmpintune.engine.job;

import java.util.List;
import java.util.UUID;

/**
 * A job to be made.
 *
 * @param clients each once
 */
public record JobOrder(String workflow, QueryAction queryAction, List<UUID> clients, String requestedBy) {
    public JobOrder {
        clients = List.copyOf(clients);
    }
}
