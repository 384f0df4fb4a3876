package io.acmpintune.engine.inventory;

import java.util.List;
import java.util.Optional;

/** The inventories of this service's workflows. */
record Inventories(List<WorkflowInventory> all) {

    Inventories {
        all = List.copyOf(all);
    }

    Optional<WorkflowInventory> find(String workflow) {
        return all.stream().filter(inventory -> inventory.name().equals(workflow)).findFirst();
    }
}
