package io.acmpintune.engine.inventory;

import io.acmpintune.engine.mapping.Mapping;

/** The mapping of each workflow, as it is now. */
public interface WorkflowMappings {

    /**
     * The mapping that makes a workflow's clients.
     *
     * @param workflow a configured workflow's name
     */
    Mapping of(String workflow);
}
